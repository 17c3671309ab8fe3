//! How many slips of the keyboard lie between a text and many names.

/// More than any distance that is looked for.
const FAR: u16 = u16::MAX / 2;

/// The distances of one text to names that come one after another: letters more, less, changed, or two neighbours
/// swapped (Damerau's distance in its simple form).
///
/// The table that a distance is read from has a row for each letter of the name. A row holds only what lies within the
/// limit, is the last one if nothing does, and stays for the next name if that begins alike. So names in order, with
/// long beginnings in common, take little more than the letters in which they differ.
pub(super) struct Rows {
    text: Name,
    /// The rows, one behind the other; the first is that of no letter.
    cells: Vec<u16>,
    /// For each row its first and its last column within the limit: further away there is nothing below it either.
    near: Vec<(usize, usize)>,
}

/// A name for a [`Rows`].
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Name {
    /// Its letters.
    pub(super) letters: Vec<char>,
    /// How many of its letters are in each of some groups, whatever their order.
    groups: [u8; GROUPS],
}

/// Enough that the letters of a language have one each, and few enough to be compared at once.
const GROUPS: usize = 32;

/// What is not near.
pub(super) enum Far {
    /// This name.
    Alone,
    /// Every name that begins with as many of its letters.
    AllWith(usize),
}

impl Name {
    /// A name as it is written.
    pub(super) fn new(text: &str) -> Self {
        let mut letters = Vec::with_capacity(text.len());
        letters.extend(text.chars());
        let mut groups = [0u8; GROUPS];
        for letter in &letters {
            let group = &mut groups[*letter as usize % GROUPS];
            *group = group.saturating_add(1);
        }
        Self { letters, groups }
    }

    /// Whether the letters alone, in any order, make the distance to another name more than a limit.
    fn is_far(&self, other: &Name, limit: usize) -> bool {
        let (mut more, mut less) = (0u16, 0u16);
        for (own, other) in self.groups.iter().zip(&other.groups) {
            more += u16::from(own.saturating_sub(*other));
            less += u16::from(other.saturating_sub(*own));
        }
        self.letters.len().abs_diff(other.letters.len()) > limit || usize::from(more.max(less)) > limit
    }
}

impl Rows {
    /// For the distances from a text, of which those up to a limit count.
    pub(super) fn from(text: &str, limit: usize) -> Self {
        let text = Name::new(text);
        let last = text.letters.len();
        Self { cells: (0..=last as u16).collect(), near: vec![(0, last.min(limit))], text }
    }

    /// The distance to a name that has its first `shared` letters in common with the one before, if it is at most the
    /// limit. Limits never grow from one name to the next.
    pub(super) fn to(&mut self, name: &Name, shared: usize, limit: usize) -> Result<usize, Far> {
        self.near.truncate(shared + 1);
        if name.is_far(&self.text, limit) {
            return Err(Far::Alone);
        }
        for row in self.near.len()..=name.letters.len() {
            self.add_row(&name.letters[..row], limit).ok_or(Far::AllWith(row))?;
        }
        let width = self.text.letters.len() + 1;
        let distance = usize::from(self.cells[name.letters.len() * width + width - 1]);
        if distance <= limit { Ok(distance) } else { Err(Far::Alone) }
    }

    /// Fills the row of the last of some letters, if anything in it is within the limit.
    fn add_row(&mut self, name: &[char], limit: usize) -> Option<()> {
        let (text, width) = (&self.text.letters, self.text.letters.len() + 1);
        let (first, last) = self.near[name.len() - 1];
        self.cells.resize(name.len() * width, FAR);
        self.cells.resize((name.len() + 1) * width, FAR);
        let (rows, row) = self.cells.split_at_mut(name.len() * width);
        let above = &rows[(name.len() - 1) * width..];
        let mut near: Option<(usize, usize)> = None;
        for column in first..width {
            let mut distance = above[column] + 1;
            if column > 0 {
                let change = above[column - 1] + u16::from(text[column - 1] != name[name.len() - 1]);
                distance = distance.min(change).min(row[column - 1] + 1);
            }
            if is_swap(name, &text[..column]) {
                distance = distance.min(rows[(name.len() - 2) * width + column - 2] + 1);
            }
            if usize::from(distance) <= limit {
                row[column] = distance;
                near = Some((near.map_or(column, |near| near.0), column));
            } else if column > last {
                break;
            }
        }
        self.near.push(near?);
        Some(())
    }
}

/// Whether the last two letters of two texts are the same, the other way round.
fn is_swap(a: &[char], b: &[char]) -> bool {
    matches!((a, b), ([.., a, b], [.., c, d]) if a == d && b == c)
}
