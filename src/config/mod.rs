//! `handbook.toml`: what a team sets for the whole handbook.
//!
//! Takes the file as a [`Source`], gives a [`Config`] with every default filled in, and problems. Like front
//! matter it is read whole: one run names every mistake. It never opens the file, and never looks at an entry: whether
//! an entry fits the settings is judged where it is read. Start reading at [`Config`].

mod address;

pub use address::{PATH, Use, flaw as address_flaw};

use std::sync::Arc;

use crate::diagnostics::{Diagnostic, Problems, RULES, Rule, Severities, Severity};
use crate::fields::{self, Doubt, Field, Guard, Known, List, Pairs, Parts, Record, quoted, record, terms};
use crate::text::{Source, Span, Spanned, suggest};

/// The name of the config file, which also marks a handbook's root.
pub const FILE_NAME: &str = "handbook.toml";

/// The facets that every handbook has; a config may add more.
pub const FACETS: [&str; 3] = ["roles", "tasks", "channels"];

/// Who may see an entry: a place in the config's list of audiences, widest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Audience(pub usize);

impl Audience {
    /// Whether a site for `build` shows what is for `self`.
    pub fn is_seen_by(self, build: Self) -> bool {
        self <= build
    }
}

terms! {
    /// How context modules are marked off in an assembled prompt.
    pub enum Wrap ("way to wrap context") {
        /// `<context name="…">…</context>`.
        Xml = "xml",
        /// A heading for each module.
        Markdown = "markdown",
    }
}

terms! {
    /// How a prompt gets into a tool.
    pub enum OpenMode ("mode") {
        /// The address carries the text, and the tool shows it without sending it.
        Prefill = "prefill",
        /// The text is copied, then the tool is opened.
        CopyThenOpen = "copy-then-open",
    }
}

record! {
    /// A tool that a reader can open a prompt in.
    pub struct Tool ("tool") {
        /// A short name for links and storage, e.g. `claude`.
        id: Field<String> [required, example("claude")],
        /// What the button says.
        label: Field<String> [required, example("Claude")],
        /// The address, with `{prompt}` where the text goes.
        url: Field<String> [required, example("https://claude.ai/new?q={prompt}")],
        /// How the prompt gets there.
        mode: Field<OpenMode> [example("prefill")],
        /// The longest address that the tool takes, in bytes.
        max_bytes: Field<u32> [example("7500")],
        /// When somebody last tried it.
        checked_on: Field<jiff::civil::Date> [example("2026-11-01")],
    }
}

record! {
    /// The keys of the file as they were written.
    pub struct Written ("handbook") {
        /// What the handbook is called.
        title: Field<String> [required, example("…")],
        /// The language of its texts, as a BCP 47 tag.
        language: Field<String> [default("en"), example("en")],
        /// Where the site will be, only for what must be absolute.
        base_url: Field<String> [example("https://handbook.example")],
        /// The folder below `themes/` whose files replace those of the built-in theme.
        theme: Field<String> [default("default"), example("default")],
        /// Where the sources can be seen and edited.
        repo_url: Field<String> [example("https://code.example/larkspur/handbook")],
        /// Where an entry's file can be edited, with `{path}` for the file.
        edit_url: Field<String> [example("https://code.example/larkspur/handbook/edit/main/{path}")],
        /// Who there is to see entries, widest first.
        audiences: List<String> [
            guards(Guard::Audience),
            words,
            default(r#"["public", "team", "restricted"]"#),
            example(r#"["public", "team", "restricted"]"#),
        ],
        /// The audience of an entry that names none, and of a build that names none.
        audience: Field<String> [guards(Guard::Audience), default("team"), example("team")],
        /// How many people the team has, for the insights page.
        team_size: Field<u32> [example("100")],
        /// The closed lists of terms.
        facets: Pairs<List<String>> [example(r#"{ roles = ["lifecycle-marketer"], tasks = ["write"], channels = ["email"] }"#)],
        /// How context is put into prompts.
        context: Field<ContextSettings> [example(r#"{ wrap = "xml" }"#)],
        /// Severities: `error`, `warning`, `hint` or `off` for a rule.
        rules: Pairs<String> [example(r#"{ overdue-review = "error" }"#)],
        /// Where a reader can open a prompt.
        tools: List<Tool> [example(r#"[{ id = "claude", label = "Claude", url = "https://claude.ai/new?q={prompt}" }]"#)],
    }
}

record! {
    /// `[context]`.
    pub struct ContextSettings ("setting of context") {
        /// How modules are marked off.
        wrap: Field<Wrap> [default("xml"), example("markdown")],
    }
}

/// A closed list of terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    /// The key in front matter and the folder on the site, e.g. `roles`.
    pub name: String,
    /// Where the config names it; the file's start for one that it does not name.
    pub span: Span,
    /// Its terms, in the order of the config, which is the order of the site.
    pub terms: Vec<String>,
}

/// The settings of a handbook.
#[derive(Debug, Clone)]
pub struct Config {
    /// The file they came from.
    pub source: Arc<Source>,
    /// What the handbook is called.
    pub title: String,
    /// The language of its texts, as a BCP 47 tag.
    pub language: String,
    /// Where the site will be, without a `/` at the end; empty when not known.
    pub base_url: String,
    /// The folder below `themes/`; `default` may be absent.
    pub theme: Spanned<String>,
    /// Where the sources can be seen and edited, without a `/` at the end; empty when not set.
    pub repo_url: String,
    /// Where a file can be edited, with [`PATH`] for its path below the root; empty when not known.
    pub edit_url: String,
    /// Names of the audiences, widest first; never empty.
    pub audiences: Vec<String>,
    /// The audience of an entry or a build that names none; `None` when the file leaves it in doubt.
    pub audience: Option<Audience>,
    /// How many people the team has.
    pub team_size: Option<u32>,
    /// `roles`, `tasks`, `channels`, then those the config adds.
    pub facets: Vec<Facet>,
    /// Whether the facets could be read. Where not, nobody knows which terms there are, and what an entry makes of them is
    /// not reported as well.
    pub knows_facets: bool,
    /// How context modules are marked off.
    pub wrap: Wrap,
    /// Severities that differ from the rules' own.
    pub severities: Severities,
    /// Where a reader can open a prompt.
    pub tools: Vec<Tool>,
}

impl Config {
    /// Reads the file.
    pub fn read(source: &Arc<Source>, problems: &mut Problems) -> Self {
        let start = source.text.len() - source.text.trim_start_matches('\u{feff}').len();
        let known = || Known { tables: vec![Written::TABLE], lists: Vec::new() };
        let written = fields::parse(source, &Parts::all(source, start), &known, problems, |keys| {
            let written: Written = keys.record();
            keys.report_unknown(|_| None);
            written
        });
        let knows_facets = written.is_whole && !problems.is_flawed(Span::file(source.id), "facets");
        Self { knows_facets, ..Resolver { source, doubt: written.doubt, problems }.config(written.value) }
    }

    /// The audience of a build that names none. In doubt it shows the least.
    pub fn build_audience(&self) -> Audience {
        self.audience.unwrap_or(Audience(0))
    }

    /// The audience that sees everything.
    pub fn narrowest(&self) -> Audience {
        Audience(self.audiences.len() - 1)
    }

    /// The audience of a name.
    pub fn audience_named(&self, name: &str) -> Option<Audience> {
        self.audiences.iter().position(|known| known == name).map(Audience)
    }
}

struct Resolver<'a> {
    source: &'a Arc<Source>,
    doubt: Doubt,
    problems: &'a mut Problems,
}

impl Resolver<'_> {
    fn config(mut self, written: Written) -> Config {
        let audiences = self.audiences(&written);
        let audience = self.audience(&written, &audiences);
        let repo_url = self.address(written.repo_url.as_ref(), Use::Base);
        Config {
            source: Arc::clone(self.source),
            title: text_or(written.title.as_ref(), "Handbook"),
            language: self.language(written.language.as_ref()),
            base_url: self.address(written.base_url.as_ref(), Use::Base),
            theme: self.theme(written.theme.as_ref()),
            edit_url: self.edit_url(written.edit_url.as_ref(), &repo_url),
            repo_url,
            audiences,
            audience,
            team_size: written.team_size.as_ref().map(|size| size.value),
            facets: self.facets(&written),
            wrap: written.context.as_ref().and_then(|c| c.wrap.as_ref()).map_or(Wrap::Xml, |wrap| wrap.value),
            severities: self.severities(&written),
            tools: self.tools(written.tools),
            knows_facets: true,
        }
    }

    fn language(&mut self, written: Option<&Spanned<String>>) -> String {
        let Some(tag) = written else { return "en".to_owned() };
        let is_part = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
        let first = tag.split('-').next().unwrap_or_default();
        let is_tag = first.len() >= 2 && first.bytes().all(|b| b.is_ascii_alphabetic()) && tag.split('-').all(is_part);
        if !is_tag {
            let problem = invalid(tag.span, format!("`{}` is not the tag of a language", tag.value));
            self.problems.push(problem.help("write it as `en`, `de-AT` or `zh-Hans`"));
            return "en".to_owned();
        }
        tag.value.clone()
    }

    /// As it is written; else as it is on most code hosts.
    fn edit_url(&mut self, written: Option<&Spanned<String>>, repository: &str) -> String {
        let Some(address) = written else {
            return if repository.is_empty() { String::new() } else { format!("{repository}/edit/main/{PATH}") };
        };
        if !address.contains(PATH) {
            let problem = invalid(address.span, format!("the address has no `{PATH}`"));
            self.problems.push(problem.help(format!("write `{PATH}` where the path of an entry's file goes")));
        }
        self.address(written, Use::Whole)
    }

    fn audiences(&mut self, written: &Written) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for name in &written.audiences {
            if names.contains(&name.value) {
                let problem = invalid(name.span, format!("the audience `{}` is listed twice", name.value));
                self.problems.push(problem.help("take one of the two away"));
            } else {
                names.push(name.value.clone());
            }
        }
        if names.is_empty() {
            names = ["public", "team", "restricted"].map(str::to_owned).to_vec();
        }
        names
    }

    fn audience(&mut self, written: &Written, audiences: &[String]) -> Option<Audience> {
        if self.doubt.audience {
            return None;
        }
        let wanted = written.audience.as_ref().map_or("team", |name| &name.value);
        let place = audiences.iter().position(|name| name == wanted).map(Audience);
        match (place, &written.audience) {
            (Some(_), _) => {}
            (None, Some(name)) => self.problems.push(unknown_audience(name, audiences)),
            (None, None) => self.problems.push(no_default_audience(&written.audiences, audiences)),
        }
        place
    }

    fn theme(&mut self, written: Option<&Spanned<String>>) -> Spanned<String> {
        let Some(theme) = written else {
            return Spanned::new("default".to_owned(), Span::file(self.source.id));
        };
        let is_name = theme.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
        if !is_name {
            let problem = invalid(theme.span, format!("`{}` is not the name of a theme", theme.value));
            self.problems.push(problem.help("it is that of a folder below `themes/`: letters, digits, `-` and `_`"));
            return Spanned::new("default".to_owned(), theme.span);
        }
        theme.clone()
    }

    /// An absolute address without the `/` at its end.
    fn address(&mut self, written: Option<&Spanned<String>>, usage: Use) -> String {
        let Some(address) = written else { return String::new() };
        if let Some((message, help)) = address_flaw(address, usage) {
            self.problems.push(invalid(address.span, message).help(help));
            return String::new();
        }
        address.trim_end_matches('/').to_owned()
    }

    fn facets(&mut self, written: &Written) -> Vec<Facet> {
        let mut facets: Vec<Facet> = FACETS.iter().map(|name| self.empty_facet(name)).collect();
        for (name, terms) in &written.facets.0 {
            let terms = self.terms(name, terms);
            match facets.iter_mut().find(|facet| facet.name == name.value) {
                Some(facet) => facet.terms = terms,
                None if self.is_facet_name(name) => {
                    facets.push(Facet { name: name.value.clone(), span: name.span, terms });
                }
                None => {}
            }
        }
        facets
    }

    fn terms(&mut self, facet: &str, written: &[Spanned<String>]) -> Vec<String> {
        let mut terms: Vec<String> = Vec::with_capacity(written.len());
        for term in written {
            if terms.contains(&term.value) {
                let problem = invalid(term.span, format!("the term `{}` of `{facet}` is listed twice", term.value));
                self.problems.push(problem.help("take one of the two away"));
            } else {
                terms.push(term.value.clone());
            }
        }
        terms
    }

    fn empty_facet(&self, name: &str) -> Facet {
        Facet { name: name.to_owned(), span: Span::file(self.source.id), terms: Vec::new() }
    }

    /// A facet's name is a key of front matter and a folder of the site.
    fn is_facet_name(&mut self, name: &Spanned<String>) -> bool {
        let spelt = name.starts_with(|c: char| c.is_ascii_lowercase())
            && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
        if !spelt {
            let problem = invalid(name.span, format!("`{}` cannot be the name of a facet", name.value));
            self.problems.push(problem.help("lower case letters, digits and `_`, e.g. `funnel_stage`"));
        }
        spelt
    }

    fn severities(&mut self, written: &Written) -> Severities {
        let mut severities = Severities::default();
        for (name, word) in &written.rules.0 {
            let Some(rule) = Rule::named(name) else {
                let known: Vec<&str> = RULES.iter().map(|rule| rule.name()).collect();
                let problem = Diagnostic::new(Rule::UnknownKey, name.span, format!("unknown rule `{}`", name.value));
                let problem = problem.help("`handbook explain` lists all rules");
                self.problems.push(problem.maybe_help(suggest::help(name, &known)));
                continue;
            };
            self.set_severity(rule, name.span, word, &mut severities);
        }
        severities
    }

    /// Sets what a word says of a rule; `off` is no severity at all.
    fn set_severity(&mut self, rule: Rule, name: Span, word: &Spanned<String>, severities: &mut Severities) {
        let severity =
            [Severity::Error, Severity::Warning, Severity::Hint].into_iter().find(|s| s.word() == word.value);
        if severity.is_none() && word.value != "off" {
            let message = format!("unknown severity `{}`", word.value);
            let problem = Diagnostic::new(Rule::UnknownTerm, word.span, message);
            let known = ["error", "warning", "hint", "off"];
            self.problems.push(problem.maybe_help(suggest::help(word, &known)));
        } else if rule.is_fixed() {
            let problem = invalid(name, format!("`{}` is always an error", rule.name()));
            self.problems.push(problem.help("take the line away: without this check no right page could be made"));
        } else {
            severities.set.insert(rule.name(), severity);
        }
    }

    fn tools(&mut self, written: List<Tool>) -> Vec<Tool> {
        let mut tools = Vec::new();
        for tool in written {
            self.address(tool.url.as_ref(), Use::Whole);
            tools.push(tool.value);
        }
        tools
    }
}

fn text_or(written: Option<&Spanned<String>>, default: &str) -> String {
    written.map_or_else(|| default.to_owned(), |text| text.value.clone())
}

fn invalid(span: Span, message: String) -> Diagnostic {
    Diagnostic::new(Rule::InvalidValue, span, message)
}

/// The problem of a config whose audiences are its own, and that does not say which of them is meant by default.
fn no_default_audience(written: &List<String>, audiences: &[String]) -> Diagnostic {
    let first = &written[0];
    let message =
        "there is no audience for an entry that names none: `audiences` has no `team`, and `audience` is not set";
    Diagnostic::new(Rule::MissingField, first.span, message).fixed().help(format!(
        "add `audience = \"…\"`, and say which of {} is the audience of an entry that names none",
        suggest::list(audiences)
    ))
}

/// The problem of an audience that the config does not list.
pub fn unknown_audience(name: &Spanned<String>, audiences: &[String]) -> Diagnostic {
    let known: Vec<&str> = audiences.iter().map(String::as_str).collect();
    let problem = Diagnostic::new(Rule::UnknownTerm, name.span, format!("unknown audience `{}`", name.value)).fixed();
    match suggest::certain(name, &known) {
        Some(near) => problem.help(format!("did you mean `{near}`?")).fix(quoted(near)),
        None => problem.maybe_help(suggest::choice(&known)),
    }
}
