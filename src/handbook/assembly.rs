//! A prompt with its variables and context put in: what a page copies, byte for byte.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fmt::Write as _;
use std::ops::Range;

use crate::config::Wrap;
use crate::content::kinds::{ContextModule, Variable, VariableType};
use crate::content::limits::ASSEMBLED_MOST;
use crate::content::template::{self, Segment, UseOf};
use crate::content::{Entry, Role};
use crate::handbook::wrapper::{self, NAME};
use crate::handbook::{Handbook, Ix, Lack, Listed, Target};
use crate::markdown::{self, Surroundings};
use crate::text::words::one_line;
use crate::text::{Spanned, hidden, html};

/// What a reader filled in.
#[derive(Debug, Clone, Default)]
pub struct Inputs {
    /// Values by the variable's name; several for one that takes several.
    pub values: BTreeMap<String, Vec<String>>,
    /// Modules by the slot's name; `None` empties an optional slot.
    pub slots: BTreeMap<String, Option<Ix>>,
    /// Optional modules that are left out.
    pub without: BTreeSet<Ix>,
}

/// A prompt, ready to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assembled {
    /// Its messages.
    pub messages: Vec<(Role, String)>,
    /// The variables whose values take part in a tag like the one around context, which got a backslash.
    pub defused: BTreeSet<String>,
}

impl Assembled {
    /// All messages as one text, for tools with one box: in order, a blank line between them.
    pub fn text(&self) -> String {
        self.messages.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join("\n\n")
    }
}

/// Puts values and context into the prompt of an entry.
///
/// # Errors
///
/// Everything that is missing or does not fit, in the order of the prompt's fields.
pub fn assemble(handbook: &Handbook, ix: Ix, inputs: &Inputs) -> Result<Assembled, Vec<Lack>> {
    let entry = handbook.entry(ix);
    let variables = entry.fields.variables();
    let listed = Listed::of(handbook, ix);
    let mut lacks = Vec::new();
    let values = values(handbook, ix, variables, inputs, &mut lacks);
    let present = present(handbook, &listed, inputs, &mut lacks);
    if !lacks.is_empty() {
        return Err(lacks);
    }
    // Known before anything is joined: a value may be used a thousand times.
    too_long(size(entry, &values))?;
    let mut joiner = Joiner {
        handbook,
        values: &values,
        listed: &listed,
        present: &present,
        rest: Vec::new(),
        loaded: HashSet::new(),
        filled: Vec::new(),
        defused: BTreeSet::new(),
    };
    let messages = joiner.messages(entry);
    let assembled = Assembled { messages, defused: joiner.defused };
    too_long(assembled.text().len())?;
    Ok(assembled)
}

/// What the text of an entry comes to with values, context aside.
fn size(entry: &Entry, values: &BTreeMap<String, String>) -> usize {
    let value = |name: &str| values.get(name).map_or(0, String::len);
    let texts = entry.messages.iter().map(|message| template::size(&message.template.segments, &value));
    texts.fold(0, usize::saturating_add)
}

fn too_long(bytes: usize) -> Result<(), Vec<Lack>> {
    if bytes > ASSEMBLED_MOST { Err(vec![Lack::TooLong(bytes)]) } else { Ok(()) }
}

fn values(
    handbook: &Handbook,
    ix: Ix,
    variables: &[Spanned<Variable>],
    inputs: &Inputs,
    lacks: &mut Vec<Lack>,
) -> BTreeMap<String, String> {
    let mut values = BTreeMap::new();
    for variable in variables {
        let given = inputs.values.get(variable.name()).into_iter().flatten();
        let cleaned: Vec<_> = given.map(|value| hidden::clean_value(value)).collect();
        let mut given: Vec<&str> =
            cleaned.iter().map(|value| &**value).filter(|value| !value.trim().is_empty()).collect();
        // None of several boxes is an answer; nothing in a field of text is not.
        let is_answered =
            variable.variable_type() == VariableType::Multi && inputs.values.contains_key(variable.name());
        if given.is_empty() && !is_answered && !variable.default_value().is_empty() {
            given.push(variable.default_value());
        }
        if given.is_empty() && variable.is_required() {
            lacks.push(Lack::Value(variable.name().to_owned(), variable.label()));
        }
        let options = handbook.options(ix, variable);
        let options: Vec<&str> = options.iter().map(String::as_str).collect();
        if let Err(reason) = accepted(variable, &given, &options) {
            lacks.push(Lack::Unfit(variable.name().to_owned(), reason));
        }
        let value = hidden::strip(&given.join(", ")).into_owned();
        // A no is an answer, but not something to write into a prompt.
        let says_no = variable.variable_type() == VariableType::YesNo && value == "no";
        values.insert(variable.name().to_owned(), if says_no { String::new() } else { value });
    }
    let unknown = inputs.values.keys().filter(|name| !values.contains_key(*name));
    lacks.extend(unknown.map(|name| Lack::Unknown(name.clone())));
    values
}

/// Whether all values that were given for a variable fit it.
fn accepted(variable: &Variable, given: &[&str], options: &[&str]) -> Result<(), String> {
    if given.len() > 1 && variable.variable_type() != VariableType::Multi {
        return Err(format!("takes one value, not {}", given.len()));
    }
    given.iter().try_for_each(|value| variable.accepts(value, options))
}

/// For each item of the list the module that goes along.
fn present(handbook: &Handbook, listed: &Listed<'_>, inputs: &Inputs, lacks: &mut Vec<Lack>) -> Vec<Option<Ix>> {
    let mut present = Vec::with_capacity(listed.items.len());
    let mut slots: HashSet<&str> = HashSet::new();
    let mut kept = inputs.without.clone();
    for listed in &listed.items {
        slots.extend(listed.slot());
        let filled = listed.slot().and_then(|slot| inputs.slots.get(slot).copied());
        let chosen = filled.unwrap_or(listed.module);
        let is_required = listed.item.is_required();
        if chosen.is_none() && is_required {
            lacks.push(match listed.slot() {
                Some(slot) => Lack::Slot(slot.to_owned()),
                None => Lack::Module(listed.written().to_owned()),
            });
        }
        let left_out = chosen.filter(|module| !is_required && inputs.without.contains(module));
        if let Some(module) = &left_out {
            kept.remove(module);
        }
        present.push(chosen.filter(|_| left_out.is_none()));
    }
    let unknown = inputs.slots.keys().filter(|name| !slots.contains(name.as_str()));
    lacks.extend(unknown.map(|name| Lack::Unknown(name.clone())));
    lacks.extend(kept.into_iter().map(|module| Lack::Kept(handbook.entry(module).id.to_string())));
    present
}

struct Joiner<'a> {
    handbook: &'a Handbook,
    values: &'a BTreeMap<String, String>,
    listed: &'a Listed<'a>,
    /// For each item of the list the module that goes along.
    present: &'a [Option<Ix>],
    /// The context that no tag of its own places, in the order it is listed.
    rest: Vec<Ix>,
    /// Modules that are in the text already: each is loaded once.
    loaded: HashSet<Ix>,
    /// The variables that were put into the message so far, and where their values stand in it.
    filled: Vec<(String, Range<usize>)>,
    defused: BTreeSet<String>,
}

impl Joiner<'_> {
    fn messages(&mut self, entry: &Entry) -> Vec<(Role, String)> {
        let unplaced = self.listed.items.iter().zip(self.present).filter(|(listed, _)| !listed.is_placed);
        self.rest = unplaced.filter_map(|(_, module)| *module).collect();
        let mut uses = entry.messages.iter().flat_map(|message| &message.template.uses);
        let before = if uses.any(|used| used.of == UseOf::Context) { String::new() } else { self.load_rest() };
        let mut messages: Vec<(Role, String)> = Vec::with_capacity(entry.messages.len());
        for message in &entry.messages {
            let mut text = String::new();
            self.join(&message.template.segments, &mut text);
            messages.push((message.role, self.defuse(text.trim_end())));
        }
        if let Some((_, first)) = messages.first_mut().filter(|_| !before.is_empty()) {
            *first = format!("{before}\n\n{first}");
        }
        messages
    }

    /// A message without tags like the one around context in which a value takes part, though each piece of such a tag
    /// may come from another. What the author of the prompt wrote stays.
    fn defuse(&mut self, text: &str) -> String {
        let filled = std::mem::take(&mut self.filled);
        let pieces: Vec<_> = filled.iter().map(|(_, range)| range.clone()).collect();
        let told = |tag: &Range<usize>| {
            let first = filled.partition_point(|(_, value)| value.end <= tag.start);
            let parts = filled[first..].iter().take_while(|(_, value)| value.start < tag.end);
            self.defused.extend(parts.map(|(name, _)| name.clone()));
        };
        wrapper::harmless_pieces(text, &pieces, told).into_owned()
    }

    fn load_rest(&mut self) -> String {
        let rest = std::mem::take(&mut self.rest);
        self.load(&rest)
    }

    /// The first of some items that goes along, loaded.
    fn load_first(&mut self, places: &[usize]) -> String {
        let module = places.iter().find_map(|at| self.present[*at]);
        self.load(module.as_slice())
    }

    fn join(&mut self, segments: &[Segment], out: &mut String) {
        for segment in segments {
            match segment {
                Segment::Text(text) => out.push_str(text),
                Segment::Variable(name) => {
                    if let Some(value) = self.values.get(name).filter(|value| !value.is_empty()) {
                        self.filled.push((name.clone(), out.len()..out.len() + value.len()));
                        out.push_str(value);
                    }
                }
                Segment::Context => {
                    let rest = self.load_rest();
                    out.push_str(&rest);
                }
                Segment::Module(name) => {
                    let text = self.load_first(self.listed.named(name));
                    out.push_str(&text);
                }
                Segment::Slot(name) => {
                    let text = self.load_first(self.listed.slots(name));
                    out.push_str(&text);
                }
                Segment::If { name, then, otherwise } => {
                    let has_value = self.values.get(name).is_some_and(|value| !value.is_empty());
                    self.join(if has_value { then } else { otherwise }, out);
                }
            }
        }
    }

    /// Modules with what they include, each once, wrapped.
    fn load(&mut self, modules: &[Ix]) -> String {
        let mut texts = Vec::new();
        for module in modules {
            for ix in self.handbook.with_includes(*module) {
                if self.loaded.insert(ix) {
                    texts.push(self.handbook.wrapped(ix));
                }
            }
        }
        texts.join("\n\n")
    }
}

impl Handbook {
    /// A module after everything it includes, each once: what it builds on stands before it.
    pub fn with_includes(&self, module: Ix) -> Vec<Ix> {
        let mut order = Vec::new();
        let mut seen = HashSet::from([module]);
        let mut stack = vec![(module, self.referred(module, ContextModule::KEYS.includes).collect::<Vec<_>>(), 0)];
        while let Some((ix, includes, next)) = stack.last_mut() {
            let Some(include) = includes.get(*next).copied() else {
                order.push(*ix);
                stack.pop();
                continue;
            };
            *next += 1;
            if seen.insert(include) {
                stack.push((include, self.referred(include, ContextModule::KEYS.includes).collect(), 0));
            }
        }
        order
    }

    /// The exact text of a module: what its page shows, in the author's Markdown, links within the handbook as text.
    pub fn module_text(&self, module: Ix) -> &str {
        self.module_texts[module.0].get_or_init(|| {
            let entry = self.entry(module);
            let plain = Plain { links: self.links(module), images: self.images(module), handbook: self };
            markdown::loadable(entry.body_text(), &entry.outline, &plain).trim_end().into()
        })
    }

    /// A module as it stands in an assembled prompt: its text, marked off as the config says.
    pub fn wrapped(&self, module: Ix) -> String {
        let entry = self.entry(module);
        let title = entry.title();
        match self.config.wrap {
            Wrap::Markdown => {
                let plain = Plain { links: self.links(module), images: self.images(module), handbook: self };
                let text = markdown::loadable_below(entry.body_text(), &entry.outline, &plain);
                format!("## {}\n\n{}", one_line(title), text.trim_end())
            }
            Wrap::Xml => {
                let mut tag = format!("<{NAME} name=\"{}\"", attribute(title));
                if let Some(version) = &entry.common.version {
                    let _ = write!(tag, " version=\"{}\"", attribute(version));
                }
                format!("{tag}>\n{}\n</{NAME}>", wrapper::harmless(self.module_text(module)))
            }
        }
    }
}

/// A text on one line, as the value of an attribute.
fn attribute(text: &str) -> String {
    html::in_double_quotes(&wrapper::harmless(&one_line(text)))
}

/// A module's surroundings when it is loaded: there is no site around it.
struct Plain<'h> {
    links: &'h [Option<Target>],
    images: &'h [Option<Target>],
    handbook: &'h Handbook,
}

impl Surroundings for Plain<'_> {
    fn link(&self, nth: usize) -> Option<String> {
        match self.links.get(nth)?.as_ref()? {
            Target::External(address) => Some(address.clone()),
            _ => None,
        }
    }

    fn wikilink_text(&self, nth: usize) -> Option<String> {
        match self.links.get(nth)?.as_ref()? {
            Target::Entry(ix, _) => Some(self.handbook.entry(*ix).title().to_owned()),
            _ => None,
        }
    }

    /// What the page shows a picture of. The text does not name it: the model gets no picture.
    fn image(&self, nth: usize) -> Option<String> {
        self.images.get(nth)?.as_ref().map(|_| String::new())
    }

    fn prompt(&self, _: usize, _: &mut String) -> bool {
        false
    }

    fn word(&self, key: &'static str) -> &str {
        key
    }
}
