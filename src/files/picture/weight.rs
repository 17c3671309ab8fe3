//! What a picture costs to draw, with everything that its parts refer to.
//!
//! A reference draws what it names once more, so that a few lines in which each group shows the one before it ten times
//! draw more than there is time for. So the references are multiplied out, without drawing: what an element weighs is
//! its own, that of the elements in it, and that of all that it names. Where it is not sure which element is painted
//! with something, each that could be is counted.

mod filter;
mod property;
mod reference;
mod sheet;

use std::collections::HashMap;
use std::rc::Rc;

use roxmltree::Node;

use super::fault::{Fault, shown};
use super::names::SVG;
use property::Property;
use reference::{Reference, References};

/// The deepest nesting of elements: a browser draws them by recursion.
pub(super) const DEEPEST: usize = 500;

/// What a picture may weigh: some 100,000 elements with their points. A browser draws it in a second or two.
const HEAVIEST: u64 = 2_000_000;

/// What an element weighs without its points, each of which weighs one.
const ELEMENT: u64 = 10;

/// What a primitive of a filter weighs: it is computed for every point of what is drawn.
const PRIMITIVE: u64 = 100;

/// Refuses a picture that takes too long to draw, or that draws itself.
pub(super) fn check(picture: &roxmltree::Document<'_>) -> Result<(), Fault> {
    filter::check(picture)?;
    let references = References::of(picture)?;
    let mut scales =
        Scales { references: &references, painted: painted(picture, &references)?, weights: HashMap::new() };
    scales.weigh_all(picture.root_element())
}

/// What one drawing of an element takes.
#[derive(Debug, Clone, Copy, Default)]
struct Weight {
    /// How many elements are drawn, without what they are painted with.
    elements: u64,
    /// How many points and letters these have, at which markers may stand.
    points: u64,
    /// All of it.
    all: u64,
    /// How many elements are in one another.
    depth: usize,
}

impl Weight {
    /// Adds another that is drawn so many times.
    fn add(&mut self, other: Self, times: u64) {
        self.all = self.all.saturating_add(other.all.saturating_mul(times));
        self.depth = self.depth.max(other.depth + 1);
    }

    /// Adds what is drawn as a part.
    fn add_part(&mut self, part: Self) {
        self.elements = self.elements.saturating_add(part.elements);
        self.points = self.points.saturating_add(part.points);
        self.add(part, 1);
    }
}

/// What the elements that are painted take from those around them, for each element.
type Painted<'p, 'd> = HashMap<Node<'p, 'd>, Rc<Vec<Reference<'p, 'd>>>>;

/// What each element is painted with, as far as that is inherited. A fill and a stroke of its own take the place of
/// those that are inherited.
fn painted<'p, 'd>(
    picture: &'p roxmltree::Document<'d>,
    references: &References<'p, 'd>,
) -> Result<Painted<'p, 'd>, Fault> {
    let (mut painted, mut count) = (Painted::new(), 0);
    for node in picture.root().descendants().filter(Node::is_element) {
        let inherited = node.parent_element().map_or_else(Rc::default, |parent| Rc::clone(&painted[&parent]));
        let own = references.of_element(node);
        let own: Vec<_> = own.iter().filter(|one| references.is_inherited(one.property)).copied().collect();
        let replaced = references.replaced(node);
        let all = if own.is_empty() && replaced.is_empty() {
            inherited
        } else {
            let kept = inherited.iter().filter(|one| !replaced.contains(&one.property)).copied();
            Rc::new(kept.chain(own).collect())
        };
        count += all.len() as u64;
        if count > HEAVIEST {
            return Err(too_heavy(node));
        }
        painted.insert(node, all);
    }
    Ok(painted)
}

fn too_heavy(node: Node<'_, '_>) -> Fault {
    let name = shown(node.tag_name().name());
    let what = format!("`<{name}>`, which draws more than some 100,000 elements, counting all that it refers to");
    Fault::of(node, &what).help("export the picture as PNG")
}

/// Weighs each element once.
struct Scales<'r, 'p, 'd> {
    references: &'r References<'p, 'd>,
    painted: Painted<'p, 'd>,
    /// `None` while what it refers to is weighed.
    weights: HashMap<Node<'p, 'd>, Option<Weight>>,
}

impl<'p, 'd> Scales<'_, 'p, 'd> {
    /// Weighs an element after everything that it needs. Not by recursion: a chain of references is as long as the
    /// file.
    fn weigh_all(&mut self, root: Node<'p, 'd>) -> Result<(), Fault> {
        let mut waiting = vec![(root, self.needed(root))];
        self.weights.insert(root, None);
        while let Some((node, needed)) = waiting.last_mut() {
            let node = *node;
            let Some(next) = needed.pop() else {
                let weight = self.weigh(node)?;
                self.weights.insert(node, Some(weight));
                waiting.pop();
                continue;
            };
            match self.weights.get(&next) {
                Some(Some(_)) => {}
                Some(None) => return Err(endless(node)),
                None => {
                    self.weights.insert(next, None);
                    waiting.push((next, self.needed(next)));
                }
            }
        }
        Ok(())
    }

    /// Everything of which the weight of an element consists.
    fn needed(&self, node: Node<'p, 'd>) -> Vec<Node<'p, 'd>> {
        let once = self.references.of_element(node).iter().filter(|one| one.property == Property::Once);
        let painted = self.painted_with(node).iter();
        let named = self.references.target(node);
        let targets = once.chain(painted).map(|one| one.target).chain(named);
        node.children().filter(Node::is_element).chain(targets).collect()
    }

    /// What an element that draws, or what it draws again, is painted with.
    fn painted_with(&self, node: Node<'p, 'd>) -> &[Reference<'p, 'd>] {
        if reference::is_container(node) { &[] } else { &self.painted[&node] }
    }

    fn weigh(&self, node: Node<'p, 'd>) -> Result<Weight, Fault> {
        let points = self.references.points(node);
        let mut weight = Weight { elements: 1, points, all: own_weight(node).saturating_add(points), depth: 0 };
        for child in node.children().filter(Node::is_element) {
            weight.add_part(self.weight(child));
        }
        if let Some(target) = self.references.target(node) {
            weight.add_part(self.weight(target));
        }
        for one in self.references.of_element(node).iter().filter(|one| one.property == Property::Once) {
            weight.add(self.weight(one.target), 1);
        }
        let (elements, points) = (weight.elements, weight.points);
        // A marker can be painted as what it stands on.
        let mut painted = elements;
        for one in self.painted_with(node).iter().filter(|one| one.property != Property::Once) {
            let times = if one.property == Property::Points { points.saturating_add(elements) } else { elements };
            let target = self.weight(one.target);
            painted = painted.saturating_add(target.elements.saturating_mul(times));
        }
        for one in self.painted_with(node) {
            let times = match one.property {
                Property::Points => points.saturating_add(elements),
                Property::Fill | Property::Stroke => painted,
                Property::Once | Property::Each => elements,
            };
            weight.add(self.weight(one.target), times);
        }
        match weight {
            heavy if heavy.all > HEAVIEST => Err(too_heavy(node)),
            deep if deep.depth > DEEPEST => {
                Err(Fault::of(node, &format!("elements that refer to one another, more than {DEEPEST} deep")))
            }
            weight => Ok(weight),
        }
    }

    fn weight(&self, node: Node<'p, 'd>) -> Weight {
        self.weights.get(&node).copied().flatten().unwrap_or_default()
    }
}

fn endless(node: Node<'_, '_>) -> Fault {
    let name = shown(node.tag_name().name());
    Fault::of(node, &format!("`<{name}>`, which refers to itself, so that its drawing has no end"))
}

/// A gradient is computed and not drawn, so that its parts weigh little.
fn own_weight(node: Node<'_, '_>) -> u64 {
    match node.tag_name().name() {
        _ if node.tag_name().namespace() != Some(SVG) => 0,
        "linearGradient" | "radialGradient" | "stop" => 1,
        "filter" => filter::steps(node).saturating_mul(PRIMITIVE),
        name if name.starts_with("fe") => 0,
        _ => ELEMENT,
    }
}

#[cfg(test)]
mod tests {
    use super::super::refusal;

    fn repeated(count: usize, piece: impl Fn(usize) -> String) -> String {
        (0..count).map(piece).collect()
    }

    fn picture(body: &str) -> String {
        format!("<svg xmlns='http://www.w3.org/2000/svg'>\n{body}</svg>")
    }

    /// Parts of which each draws the one before it ten times.
    fn chain(tag: &str, part: impl Fn(usize) -> String) -> String {
        repeated(20, |n| {
            format!("<{tag} id='a{n}'><rect/>{}</{tag}>", if n == 0 { String::new() } else { part(n - 1) })
        })
    }

    #[test]
    fn a_picture_that_draws_itself_many_times_is_refused() {
        let ten = |piece: String| piece.repeat(10);
        let uses = |n| ten(format!("<use href='#a{n}'/>"));
        let painted = |name: &'static str| move |n| ten(format!("<rect {name}='url(#a{n})'/>"));
        let line = format!("M0 0{}", "L1 1".repeat(30));
        let by_class = |property: &str| {
            let rules = repeated(20, |n| format!(".c{n}{{{property}:url(#a{n})}}"));
            format!("<style>{rules}</style>")
        };
        for body in [
            chain("g", uses),
            chain("symbol", uses),
            chain("svg", uses),
            chain("defs", |n| ten(format!("<use xmlns:l='http://www.w3.org/1999/xlink' l:href='#a{n}'/>"))),
            chain("g", |n| ten(format!("<use href='#%61{n}'/>"))),
            chain("g", |n| ten(format!("<use href='#a&#10;{n}&#9;'/>"))),
            chain("pattern", painted("fill")),
            chain("pattern", painted("stroke")),
            chain("mask", painted("mask")),
            chain("clipPath", painted("clip-path")),
            chain("pattern", |n| format!("<g fill='url(#a{n})'>{}</g>", ten("<rect/>".to_owned()))),
            chain("pattern", |n| ten(format!("<rect style='fill : url( \"#a{n}\" )'/>"))),
            chain("pattern", |n| ten(format!("<rect><set attributeName='fill' to='url(#a{n})'/></rect>"))),
            chain("pattern", |n| ten(format!("<rect class='c{n}'/>"))) + &by_class("fill"),
            chain("mask", |n| ten(format!("<rect class='b c{n}'/>"))) + &by_class("-webkit-mask-image"),
            chain("mask", |n| format!("<g mask='url(#a{n})'>{}</g>", ten("<rect mask='inherit'/>".to_owned()))),
            chain("marker", |n| format!("<path d='{line}' marker-mid='url(#a{n})'/>")),
            chain("marker", |n| format!("<g style='marker:url(#a{n})'><path d='{line}'/></g>")),
            chain("marker", |n| format!("<path style='d:path(\"{line}\");marker:url(#a{n})'/>")),
            chain("filter", |n| {
                ten(format!("<feImage href='#b{n}'/>")) + &format!("<g id='b{}' filter='url(#a{n})'/>", n + 1)
            }),
            format!("{}<g fill='url(#a9)'>{}</g>", chain("pattern", |_| "<rect/>".repeat(500)), "<rect/>".repeat(1000)),
            format!("<text id='a'>{}</text>{}", "a".repeat(10_000), "<use href='#a'/>".repeat(1000)),
            format!("<path id='a' d='M0{}'/>{}", "h1".repeat(10_000), "<use href='#a'/>".repeat(1000)),
            repeated(2000, |n| format!("<g id='a{}'><use href='#a{n}'/></g>", n + 1)),
            repeated(20_000, |n| format!("<linearGradient id='a{}' href='#a{n}'/>", n + 1)),
        ] {
            let start = std::time::Instant::now();
            let refusal = refusal(&picture(&body)).unwrap_or_else(|| panic!("{}", &body[..body.len().min(400)]));
            assert!(refusal.reason.starts_with("line "), "{}", refusal.reason);
            assert!(start.elapsed().as_secs() < 5, "{:?} {}", start.elapsed(), &body[..400]);
        }
    }

    #[test]
    fn a_picture_that_refers_to_itself_is_refused() {
        for body in [
            "<g id='a'><use href='#a'/></g>",
            "<g id='a'><use href='#b'/></g><g id='b'><use href='#a'/></g>",
            "<pattern id='a'><rect fill='url(#a)'/></pattern>",
            "<pattern id='a'><g><rect style='fill:url(#a)'/></g></pattern>",
            "<pattern id='a' href='#a'/>",
            "<mask id='a' mask='url(#a)'/>",
            "<filter id='f'><feImage href='#a'/></filter><g id='a' filter='url(#f)'/>",
            "<linearGradient id='a' href='#b'/><linearGradient id='b' href='#a'/>",
        ] {
            let reason = refusal(&picture(body)).expect(body).reason;
            assert!(reason.contains("refers to itself"), "{body}: {reason}");
        }
    }

    #[test]
    fn filters_of_many_steps_are_refused() {
        let filtered = |body: String| format!("<filter id='f'>{body}</filter><rect filter='url(#f)'/>");
        for body in [
            filtered("<feGaussianBlur/>".repeat(101)),
            filtered("<feTile/><feMerge><feMergeNode/><feMergeNode/></feMerge>".repeat(20)),
            filtered("<feBlend in2=''/>".repeat(30)),
            filtered(repeated(30, |n| format!("<feComposite in='r{n}' in2='r{n}' result='r{}'/>", n + 1))),
            format!("<rect style='filter:{}'/>", "blur(1px) ".repeat(11)),
            format!("<style>a{{fill:red;FILTER:{}}}</style>", "url(#a)".repeat(11)),
            format!("<rect filter='{}'/>", "url(#a)".repeat(11)),
            "<style>a{--a:blur(1px) blur(1px);--b:var(--a) var(--a);filter:var(--b)}</style>".to_owned(),
            "<rect style='--a:url(#b)'/>".to_owned(),
        ] {
            assert!(refusal(&picture(&body)).is_some(), "{body}");
        }
    }

    #[test]
    fn an_honest_picture_passes() {
        let shadow = "<filter id='f'><feFlood result='b'/><feColorMatrix in='SourceAlpha'/><feOffset/><feGaussianBlur/>\
                      <feBlend in2='b' result='e'/><feBlend in='SourceGraphic' in2='e'/></filter>";
        for body in [
            repeated(8000, |n| format!("<path d='M{n} 1.5h2z' fill='url(#g)'/>")) + "<radialGradient id='g'><stop/></radialGradient>",
            "<g id='a'><path d='M1 1.5h2z'/></g>".to_owned() + &"<use href='#a' x='1'/>".repeat(15_000),
            shadow.to_owned() + &"<rect filter='url(#f)'/>".repeat(1000),
            format!("<marker id='m'><circle r='1'/></marker><path marker-mid='url(#m)' d='M0 0{}'/>", "L10 20".repeat(10_000)),
            "<pattern id='p'><path/></pattern><style>.a{fill:url(#p)} .b>.c{mask:url(#q)}</style><mask id='q'><rect/></mask>"
                .to_owned() + &"<g class='b'><rect class='a'/><rect class='c'/></g>".repeat(5000),
            "<svg fill='url(#g)'><linearGradient id='g'><stop/></linearGradient><rect/></svg>".to_owned(),
            "<a href='#b'><g id='b'/></a><g id='c'><animate href='#c' attributeName='x'/></g>".to_owned(),
            "<rect style='fill:url(#none)'/><use href='#'/><use/>".to_owned(),
        ] {
            let refusal = refusal(&picture(&body));
            assert!(refusal.is_none(), "{refusal:?} {}", &body[..body.len().min(200)]);
        }
    }
}
