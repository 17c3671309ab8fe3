//! Files that lead back to themselves by way of others, whatever way they are named: the source is read as tokens, and
//! each path in it is followed to the file that defines what it names.
//!
//! A file leads to another when it names something defined there: from `crate`, `super`, `self` or a name that a `use`
//! brought in, in a group, an expression or the arguments of a macro, and through every re-export. What is only called
//! as a method is not seen. `mod x;` and a `pub use` of what lies below a file only make names, and lead nowhere; nor do
//! documentation and what is only for unit tests.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// A file's path below `src/`, with its text.
pub(super) struct Text<'t> {
    pub(super) path: &'t str,
    pub(super) text: &'t str,
}

/// Each file with those that it leads to.
pub(super) type Uses = BTreeMap<String, BTreeSet<String>>;

/// A path in the source as segments: `["crate", "fields", "Reader"]`.
type Segments = Vec<String>;

/// What is defined, brought in and named in a module, in the order of reading.
#[derive(Default)]
struct Module {
    file: String,
    /// Names of modules below it.
    below: BTreeSet<String>,
    /// Names of what it defines itself.
    items: BTreeSet<String>,
    /// What the bodies of its macros name, which is named again wherever one is called.
    macros: BTreeMap<String, BTreeSet<Segments>>,
    /// What each name that a `use` brings in stands for: several of one name in several functions.
    names: BTreeMap<String, Vec<Segments>>,
    /// Paths in code and in each `use` that is not only a name for others.
    paths: BTreeSet<Segments>,
}

/// The modules by their paths: `["crate", "fields", "toml"]`.
struct Modules(BTreeMap<Segments, Module>);

pub(super) fn uses(files: &[Text<'_>]) -> Uses {
    let modules = Modules::read(files);
    let mut uses: Uses = files.iter().map(|file| (file.path.to_owned(), BTreeSet::new())).collect();
    for (at, module) in &modules.0 {
        let mut found = Found::default();
        let (mut next, mut seen) = (module.paths.clone(), BTreeSet::new());
        while let Some(path) = next.pop_first() {
            modules.follow(Step { at, path: &path, is_ours: false }, &mut BTreeSet::new(), &mut found);
            seen.insert(path);
            next.extend(found.by_macros.difference(&seen).cloned());
        }
        found.files.remove(&module.file);
        uses.get_mut(&module.file).unwrap_or_else(|| panic!("{at:?} has no file")).extend(found.files);
    }
    uses
}

/// Each file with what its paths begin with that is no name of ours: outside crates among others.
pub(super) fn outside(files: &[Text<'_>]) -> Uses {
    let modules = Modules::read(files);
    let mut outside = Uses::new();
    for module in modules.0.values() {
        let first = module.paths.iter().filter(|path| path.len() > 1).map(|path| &path[0]);
        let foreign =
            first.filter(|name| module.names.get(*name).is_none_or(|meant| meant.iter().any(|m| m[0] == **name)));
        let foreign = foreign.filter(|name| !module.below.contains(*name));
        outside.entry(module.file.clone()).or_default().extend(foreign.cloned());
    }
    outside
}

/// `fields/toml/mod.rs` is `crate::fields::toml`. The program is a crate of its own.
fn module_of(path: &str) -> Segments {
    if path == "main.rs" {
        return vec!["main".to_owned()];
    }
    let path = path.trim_end_matches(".rs");
    let below = path.strip_suffix("/mod").unwrap_or(if path == "lib" { "" } else { path });
    let names = below.split('/').filter(|name| !name.is_empty()).map(str::to_owned);
    std::iter::once("crate".to_owned()).chain(names).collect()
}

impl Modules {
    fn read(files: &[Text<'_>]) -> Self {
        let mut modules = Self(BTreeMap::new());
        for file in files {
            let tokens: TokenStream = file.text.parse().unwrap_or_else(|error| panic!("{}: {error}", file.path));
            let module = module_of(file.path);
            file.path.clone_into(&mut modules.0.entry(module.clone()).or_default().file);
            Reading { modules: &mut modules, module }.read(tokens, true);
        }
        modules
    }

    /// Adds the files that define what a path in a module names. A path that ends at a module names nothing in it yet.
    fn follow(&self, step: Step<'_>, seen: &mut BTreeSet<(Segments, Segments)>, found: &mut Found) {
        let Step { at, path, is_ours } = step;
        // A name that is brought in from a module of that name may come by again.
        if !seen.insert((at.to_vec(), path.to_vec())) {
            return;
        }
        let Some((first, rest)) = path.split_first() else { return };
        let above = match first.as_str() {
            "crate" => Some(&at[..1]),
            "self" => Some(at),
            "super" => Some(&at[..at.len() - 1]),
            _ => None,
        };
        if let Some(at) = above {
            return self.follow(Step { at, path: rest, is_ours: true }, seen, found);
        }
        let Some(module) = self.0.get(at) else { return };
        let is_module = module.below.contains(first);
        if is_module {
            let at = &[at, &[first.clone()][..]].concat();
            self.follow(Step { at, path: rest, is_ours: true }, seen, found);
        }
        // A module and a function in it may have one name, of which the longer path means the module.
        if is_module && !rest.is_empty() {
            return;
        }
        // `use jiff::jiff` begins with the crate, and not with what it brings in.
        let meant = module.names.get(first).into_iter().flatten().filter(|meant| is_module || meant[0] != *first);
        for meant in meant {
            self.follow(Step { at, path: &[meant, rest].concat(), is_ours: false }, seen, found);
        }
        // What a macro makes is in no list, and is of the file that calls it.
        let is_made = is_ours && !is_module && !module.names.contains_key(first);
        if module.items.contains(first) || is_made {
            found.files.insert(module.file.clone());
            found.by_macros.extend(module.macros.get(first).into_iter().flatten().cloned());
        }
    }
}

/// What the paths of a module lead to.
#[derive(Default)]
struct Found {
    files: BTreeSet<String>,
    /// The paths in the macros that are called.
    by_macros: BTreeSet<Segments>,
}

/// A path that is to be followed from a module.
#[derive(Clone, Copy)]
struct Step<'a> {
    at: &'a [String],
    path: &'a [String],
    /// Whether it must begin with something of ours: an outside crate is named from nowhere in the tree.
    is_ours: bool,
}

/// Reads the tokens of one module.
struct Reading<'m> {
    modules: &'m mut Modules,
    module: Segments,
}

/// What an item begins with, before its name.
const ITEMS: [&str; 8] = ["fn", "struct", "enum", "trait", "type", "const", "static", "union"];

impl Reading<'_> {
    fn own(&mut self) -> &mut Module {
        self.modules.0.get_mut(&self.module).expect("a module that is read")
    }

    /// Reads some code. Items in a body of a function are its own, and no names of the module.
    fn read(&mut self, tokens: TokenStream, is_top: bool) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut at = 0;
        let mut is_public = false;
        while at < tokens.len() {
            let word = word(&tokens[at]);
            at = match word.as_deref() {
                _ if is_punct(&tokens[at], '#') => self.attribute(&tokens, at),
                // A lifetime, which may be `'static`.
                _ if is_punct(&tokens[at], '\'') => at + 2,
                Some("pub") => {
                    is_public = true;
                    at + 1 + usize::from(group(tokens.get(at + 1), Delimiter::Parenthesis).is_some())
                }
                Some("use") => {
                    let end = end_of(&tokens, at, ';');
                    self.use_tree(&tokens[at + 1..end], &Vec::new(), is_public);
                    is_public = false;
                    end + 1
                }
                Some("mod") if is_top => {
                    let name = self::word(&tokens[at + 1]).expect("a module's name");
                    self.module(name, group(tokens.get(at + 2), Delimiter::Brace));
                    is_public = false;
                    at + 3
                }
                Some("macro_rules") => {
                    let name = self::word(&tokens[at + 2]).expect("a macro's name");
                    self.macro_rules(name, &tokens[at + 3]);
                    at + 4
                }
                Some(item) if ITEMS.contains(&item) => {
                    is_public = false;
                    self.item(&tokens, at, is_top)
                }
                Some(_) => self.path(&tokens, at),
                None => {
                    if let TokenTree::Group(group) = &tokens[at] {
                        // What a macro at the top is given are items as well.
                        let is_items = is_top && is_macro(&tokens[..at]);
                        self.read(group.stream(), is_items);
                    }
                    at + 1
                }
            };
        }
    }

    /// Notes the name of an item, and says where its rest begins.
    fn item(&mut self, tokens: &[TokenTree], at: usize, is_top: bool) -> usize {
        match tokens.get(at + 1).and_then(word) {
            // `const fn name`, `static mut NAME`.
            Some(next) if matches!(next.as_str(), "fn" | "unsafe" | "async" | "mut") => at + 1,
            Some(name) => {
                if is_top {
                    self.own().items.insert(name);
                }
                at + 2
            }
            None => at + 1,
        }
    }

    /// Leaves out an attribute, and what it gives to tests alone.
    fn attribute(&mut self, tokens: &[TokenTree], at: usize) -> usize {
        let at = at + 1 + usize::from(tokens.get(at + 1).is_some_and(|token| is_punct(token, '!')));
        let Some(attribute) = group(tokens.get(at), Delimiter::Bracket) else { return at };
        if is_for_tests(attribute) {
            return end_of_item(tokens, at + 1);
        }
        // A derive or a default may name what the file has brought in; documentation is a text, and names nothing.
        self.read(attribute.stream(), false);
        at + 1
    }

    fn macro_rules(&mut self, name: String, body: &TokenTree) {
        let before = std::mem::take(&mut self.own().paths);
        self.read(TokenStream::from(body.clone()), false);
        let named = std::mem::replace(&mut self.own().paths, before);
        self.own().paths.extend(named.iter().cloned());
        self.own().macros.insert(name.clone(), named);
        self.own().items.insert(name);
    }

    fn module(&mut self, name: String, body: Option<&Group>) {
        self.own().below.insert(name.clone());
        if let Some(body) = body {
            let file = self.own().file.clone();
            self.module.push(name);
            self.modules.0.entry(self.module.clone()).or_default().file = file;
            self.read(body.stream(), true);
            self.module.pop();
        }
    }

    /// Reads the tree of a `use`: `a::{b, c::d as e}`.
    fn use_tree(&mut self, tokens: &[TokenTree], before: &Segments, is_public: bool) {
        for branch in tokens.split(|token| is_punct(token, ',')) {
            let mut path = before.clone();
            let mut name = None;
            for (at, token) in branch.iter().enumerate() {
                if let Some(group) = group(Some(token), Delimiter::Brace) {
                    let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                    self.use_tree(&inner, &path, is_public);
                    path.clear();
                    break;
                }
                if is_punct(token, '*') {
                    let is_ours = self.is_ours(&path[0]);
                    assert!(!is_ours, "{} brings in all of {path:?}, which hides what it uses", self.own().file);
                    self.own().paths.insert(std::mem::take(&mut path));
                    break;
                }
                match word(token).as_deref() {
                    Some("as") => {
                        name = branch.get(at + 1).and_then(word);
                        break;
                    }
                    // `a::{self}` is `a`.
                    Some("self") if !path.is_empty() => {}
                    Some(word) => path.push(word.to_owned()),
                    None => {}
                }
            }
            let Some(last) = path.last().cloned() else { continue };
            let is_below = path[0] == "self" || self.own().below.contains(&path[0]) || self.leads_below(&path);
            if !(is_public && is_below) {
                self.own().paths.insert(path.clone());
            }
            let name = name.unwrap_or(last);
            // A `use` of the module's own item by its own name adds nothing.
            if path != [name.clone()] {
                self.own().names.entry(name).or_default().push(path);
            }
        }
    }

    /// Whether a path in a `use` that begins so leads to something of ours, and not into an outside crate.
    fn is_ours(&mut self, first: &str) -> bool {
        matches!(first, "crate" | "super" | "self") || self.own().below.contains(first)
    }

    /// Whether a path from the root leads to what lies below this module.
    fn leads_below(&self, path: &[String]) -> bool {
        path.starts_with(&self.module) && path.len() > self.module.len() + 1
    }

    /// Notes the path that begins here, and says where it ends.
    fn path(&mut self, tokens: &[TokenTree], at: usize) -> usize {
        // A method, a field, a variable of a macro, or the later part of a path after `<T as Trait>`: no names of ours.
        let before = |count: usize, punct| at >= count && is_punct(&tokens[at - count], punct);
        let is_field = before(1, '.') && !before(2, '.');
        let is_later = before(1, ':') && before(2, ':');
        let is_variable = before(1, '$') && word(&tokens[at]).is_some_and(|word| word != "crate");
        let mut path = vec![word(&tokens[at]).expect("a path begins with a word")];
        let mut end = at + 1;
        while let [first, second, next, ..] = &tokens[end..] {
            let Some(next) = word(next).filter(|_| is_punct(first, ':') && is_punct(second, ':')) else { break };
            path.push(next);
            end += 3;
        }
        if !is_field && !is_later && !is_variable {
            self.own().paths.insert(path);
        }
        end
    }
}

fn word(token: &TokenTree) -> Option<String> {
    match token {
        TokenTree::Ident(ident) => Some(ident.to_string()),
        _ => None,
    }
}

fn is_punct(token: &TokenTree, punct: char) -> bool {
    matches!(token, TokenTree::Punct(found) if found.as_char() == punct)
}

fn group(token: Option<&TokenTree>, delimiter: Delimiter) -> Option<&Group> {
    match token {
        Some(TokenTree::Group(group)) if group.delimiter() == delimiter => Some(group),
        _ => None,
    }
}

/// Whether a group after these tokens is what a macro is given.
fn is_macro(before: &[TokenTree]) -> bool {
    before.last().is_some_and(|mark| is_punct(mark, '!'))
}

/// `cfg(test)`, and `cfg(all(test, …))`.
fn is_for_tests(attribute: &Group) -> bool {
    let text = attribute.stream().to_string().replace(' ', "");
    text == "cfg(test)" || text.starts_with("cfg(all(test,") || text == "test"
}

fn end_of(tokens: &[TokenTree], at: usize, punct: char) -> usize {
    tokens[at..].iter().position(|token| is_punct(token, punct)).map_or(tokens.len(), |length| at + length)
}

/// Behind the item that begins here: behind its body, or its semicolon or comma.
fn end_of_item(tokens: &[TokenTree], at: usize) -> usize {
    let is_end = |token: &TokenTree| {
        group(Some(token), Delimiter::Brace).is_some() || is_punct(token, ';') || is_punct(token, ',')
    };
    tokens[at..].iter().position(is_end).map_or(tokens.len(), |length| at + length + 1)
}

/// Every circle: the largest sets of files of which each leads to each.
pub(super) fn circles(uses: &Uses) -> Vec<BTreeSet<String>> {
    let reached: BTreeMap<&String, BTreeSet<&String>> = uses.keys().map(|file| (file, reached(uses, file))).collect();
    let mut circles: Vec<BTreeSet<String>> = Vec::new();
    for (file, below) in &reached {
        if below.contains(file) && !circles.iter().any(|circle| circle.contains(*file)) {
            circles.push(below.iter().filter(|other| reached[**other].contains(file)).map(|f| (*f).clone()).collect());
        }
    }
    circles
}

fn reached<'u>(uses: &'u Uses, start: &'u String) -> BTreeSet<&'u String> {
    let mut seen = BTreeSet::new();
    let mut next = vec![start];
    while let Some(file) = next.pop() {
        next.extend(uses.get(file).into_iter().flatten().filter(|file| seen.insert(*file)));
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The files that a file with this code at `crate::floor::own` leads to, in a tree that has some to lead to.
    fn leads_to(code: &str) -> Vec<String> {
        let given = [
            ("lib.rs", "pub mod below;\npub mod floor;"),
            ("below/mod.rs", "mod deep; pub use deep::{Deep, parse}; pub struct Here; made! {}"),
            ("below/deep.rs", "pub struct Deep; pub fn parse() {} pub mod inner { pub const SIZE: usize = 1; }"),
            (
                "floor/mod.rs",
                "mod own; mod room; mod toml; pub use self::room::Room as Space; macro_rules! names { () => { toml::all } }",
            ),
            ("floor/room.rs", "record! { pub struct Room {} }"),
            ("floor/toml/mod.rs", "mod mistakes; pub(super) use mistakes::all; pub const fn parse() {}"),
            ("floor/toml/mistakes.rs", "pub fn all() {}"),
        ];
        let files = given.into_iter().chain([("floor/own.rs", code)]).map(|(path, text)| Text { path, text });
        uses(&files.collect::<Vec<_>>())["floor/own.rs"].iter().cloned().collect()
    }

    #[test]
    fn a_path_leads_to_where_its_end_is_defined() {
        assert_eq!(leads_to("use crate::below::deep::Deep;"), ["below/deep.rs"]);
        assert_eq!(leads_to("use crate::below::Deep;"), ["below/deep.rs"], "a name that is exported again");
        assert_eq!(leads_to("use super::Space as Room;"), ["floor/room.rs"], "under another name");
        assert_eq!(leads_to("use crate::below::{Here, deep::{self, inner::SIZE}};"), ["below/deep.rs", "below/mod.rs"]);
        assert_eq!(leads_to("use crate::{below::Here, floor::toml::parse};"), ["below/mod.rs", "floor/toml/mod.rs"]);
        assert_eq!(leads_to("fn f() { super::toml::parse(1) }"), ["floor/toml/mod.rs"], "in an expression");
        assert_eq!(leads_to("fn f() { vec![super::toml::all()] }"), ["floor/toml/mistakes.rs"], "given to a macro");
        assert_eq!(
            leads_to("fn f() { use super::toml; toml::all() }"),
            ["floor/toml/mistakes.rs"],
            "by a module's name"
        );
        assert_eq!(leads_to("use crate::below; struct S<T: below::Deep>(&'static T);"), ["below/deep.rs"]);
        assert_eq!(leads_to("impl super::Space { fn f() -> &'static super::Space {} }"), ["floor/room.rs"]);
        assert_eq!(leads_to("macro_rules! m { () => { $crate::below::parse() } }"), ["below/deep.rs"]);
        assert_eq!(leads_to("fn f() { super::names!() }"), ["floor/mod.rs"], "a macro");
        let by_macro = leads_to("use crate::floor; use super::toml; floor::names! {}");
        assert_eq!(by_macro, ["floor/mod.rs", "floor/toml/mistakes.rs"], "what a macro names where it is called");
        assert_eq!(leads_to("fn f() { crate::below::Made }"), ["below/mod.rs"], "what a macro makes");
        assert_eq!(leads_to("mod inner { use super::super::Space; }"), ["floor/room.rs"], "from a module in the file");
        assert_eq!(
            leads_to("fn f() { for x in 0..super::toml::parse() {} }"),
            ["floor/toml/mod.rs"],
            "behind two dots"
        );
        assert_eq!(leads_to("pub use super::Space;"), ["floor/room.rs"], "for others, of what is beside it");
    }

    #[test]
    fn what_names_nothing_of_another_file_leads_nowhere() {
        let nothing: [&str; 0] = [];
        assert_eq!(leads_to("/// See [`Room`](super::Room).\nstruct S; // super::Space"), nothing);
        assert_eq!(leads_to("#[cfg(test)] mod tests { use super::super::Space; }"), nothing);
        assert_eq!(leads_to("#[cfg(all(test, unix))] use super::Space;"), nothing);
        assert_eq!(leads_to("use std::fmt; use super::toml; fn f(x: fmt::X) { x.parse() }"), nothing);
        assert_eq!(leads_to("use self::Own as Mine; struct Own; fn parse() { \"super::Space\" }"), nothing);
    }

    #[test]
    fn an_outside_crate_is_told_from_a_module_of_its_name() {
        let named = |code: &str| outside(&[Text { path: "a.rs", text: code }])["a.rs"].contains("slug");
        for code in ["use slug::slugify;", "fn f() { slug::slugify() }", "#[derive(slug::Error)] struct S;"] {
            assert!(named(code), "{code}");
        }
        for code in
            ["use crate::text::slug; fn f() { slug::f() }", "mod slug; use slug::f;", "fn f(slug: S) { slug.a() }"]
        {
            assert!(!named(code), "{code}");
        }
    }

    #[test]
    fn a_file_that_is_named_by_what_lies_below_it_only_where_it_uses_that() {
        let tree = |own: &str| {
            let child = Text { path: "a/child.rs", text: "use super::Own; pub struct Child;" };
            circles(&uses(&[Text { path: "lib.rs", text: "mod a;" }, Text { path: "a/mod.rs", text: own }, child]))
        };
        assert!(tree("mod child; pub use child::Child; struct Own;").is_empty());
        assert!(tree("mod child; pub use crate::a::child::Child; struct Own;").is_empty());
        assert_eq!(tree("mod child; pub use child::Child; struct Own(Child);").len(), 1);
        assert_eq!(tree("mod child; use child::Child; struct Own;").len(), 1);
    }

    #[test]
    fn a_circle_is_all_files_that_lead_to_each_other() {
        let leading = |file: &str, to: &[&str]| (file.to_owned(), to.iter().map(|to| (*to).to_owned()).collect());
        let uses = [leading("a", &["b"]), leading("b", &["c"]), leading("c", &["a", "d"]), leading("d", &["e"])];
        let circles = circles(&uses.into_iter().chain([leading("e", &["d"]), leading("f", &["a"])]).collect());
        let names = circles.iter().map(|circle| circle.iter().cloned().collect::<String>());
        assert_eq!(names.collect::<Vec<_>>(), ["abc", "de"]);
    }
}
