//! The fields of each kind in its twin: what stands on the page around the body.

use std::fmt::Write as _;
use std::ops::Deref;

use crate::content::Fields;
use crate::content::kinds::{
    Check, ContextItem, Example, Iteration, LinkItem, Model, Project, Prompt, Step, Win, Workflow, WorkingDescription,
    WorksWith,
};
use crate::fields::List;
use crate::handbook::Ix;
use crate::markdown;
use crate::site::Site;
use crate::site::address::{Half, href, root, twin_path};
use crate::site::links::web_link;
use crate::text::Spanned;
use crate::text::words::one_line;

/// What stands before the body: what an entry is for, in a line or two, or the steps that are the thing itself.
pub(super) fn before(site: &Site, ix: Ix) -> String {
    let mut part = Part::new(site, ix);
    match &site.handbook.entry(ix).fields {
        Fields::Workflow(workflow) => part.workflow(workflow),
        Fields::Win(win) => part.win(win),
        Fields::Model(model) => part.model(model),
        Fields::Person(person) => part.fact("role", person.role.as_ref()),
        _ => {}
    }
    part.finish()
}

/// What stands after the body: what goes along, what to check, examples, the entries of a path.
pub(super) fn after(site: &Site, ix: Ix) -> String {
    let mut part = Part::new(site, ix);
    match &site.handbook.entry(ix).fields {
        Fields::Prompt(prompt) => part.prompt(prompt),
        Fields::Project(project) => part.project(project),
        Fields::WorkingDescription(work) => part.working_description(work),
        Fields::Win(_) => part.entries("entries", "made_possible_by"),
        Fields::Collection(_) => part.entries("entries", "in_this_collection"),
        Fields::Person(person) => part.links(&person.links),
        _ => {}
    }
    part.finish()
}

/// A value on one line that Markdown takes as text.
pub(super) fn line(value: &str) -> String {
    markdown::plain(&one_line(value))
}

/// A value as an item of a list, on as many lines as it has.
fn item(value: &str) -> String {
    value.lines().map(line).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n  ")
}

/// A link out of the handbook; its text alone where the address is none.
fn out_link(address: &str, label: Option<&str>) -> String {
    let link = web_link(address, label);
    if link.path.is_empty() { line(&link.label) } else { markdown::link(&one_line(&link.label), &link.path) }
}

struct Part<'s> {
    site: &'s Site,
    ix: Ix,
    text: String,
}

impl<'s> Part<'s> {
    fn new(site: &'s Site, ix: Ix) -> Self {
        Self { site, ix, text: String::new() }
    }

    /// The part with a blank line behind it; empty where nothing was written.
    fn finish(mut self) -> String {
        let end = self.text.trim_end().len();
        self.text.truncate(end);
        if end > 0 {
            self.text.push_str("\n\n");
        }
        self.text
    }

    fn heading(&mut self, key: &'static str) {
        let end = self.text.trim_end().len();
        self.text.truncate(end);
        let gap = if end > 0 { "\n\n" } else { "" };
        let _ = write!(self.text, "{gap}## {}\n\n", self.site.word(key));
    }

    /// `- Label: text`, where there is a text.
    fn fact<T: Deref<Target = str>>(&mut self, key: &'static str, value: Option<&Spanned<T>>) {
        if let Some(value) = value {
            let _ = writeln!(self.text, "- {}: {}", self.site.word(key), item(value));
        }
    }

    fn items<'v>(&mut self, key: &'static str, values: impl IntoIterator<Item = &'v str>) {
        let mut values = values.into_iter().peekable();
        if values.peek().is_none() {
            return;
        }
        self.heading(key);
        for value in values {
            let _ = writeln!(self.text, "- {}", line(value));
        }
    }

    /// A link to the twin of an entry.
    fn link(&self, to: Ix) -> String {
        let root = root(&twin_path(&self.site.handbook.entry(self.ix).id));
        let target = crate::handbook::Target::Entry(to, None);
        let address = href(&self.site.handbook, &target, &root, Half::Twin);
        markdown::link(&self.site.handbook.entry(to).title(), &address)
    }

    fn links(&mut self, items: &List<LinkItem>) {
        let addresses = items.iter().filter_map(|item| Some((item.0.url.as_ref()?, item.0.label.as_ref())));
        let links: Vec<String> =
            addresses.map(|(url, label)| out_link(url, label.map(|label| label.value.as_str()))).collect();
        if !links.is_empty() {
            self.heading("links");
        }
        for link in links {
            let _ = writeln!(self.text, "- {link}");
        }
    }

    /// A model by its entry, or by its plain name.
    fn model_name(&self, field: &'static str, name: &str) -> String {
        self.site.handbook.meaning(self.ix, field, name).map_or_else(|| line(name), |ix| self.link(ix))
    }

    fn entries(&mut self, field: &'static str, key: &'static str) {
        let links: Vec<String> = self.site.handbook.referred(self.ix, field).map(|ix| self.link(ix)).collect();
        if links.is_empty() {
            return;
        }
        self.heading(key);
        for link in links {
            let _ = writeln!(self.text, "- {link}");
        }
    }

    fn context(&mut self, items: &List<ContextItem>) {
        let mut lines = Vec::new();
        for item in items {
            let module = item.0.module.as_ref().and_then(|id| self.site.handbook.meaning(self.ix, "context", id));
            let slot = item.0.slot.as_ref().map(|slot| format!("{} `{}`", self.site.word("slot"), slot.value));
            let parts: Vec<String> = slot.into_iter().chain(module.map(|ix| self.link(ix))).collect();
            let need = if item.0.is_required() { String::new() } else { format!(" ({})", self.site.word("optional")) };
            if !parts.is_empty() {
                lines.push(format!("- {}{need}\n", parts.join(": ")));
            }
        }
        if !lines.is_empty() {
            self.heading("context_used");
            self.text.push_str(&lines.concat());
        }
    }

    fn prompt(&mut self, prompt: &Prompt) {
        self.context(&prompt.context);
        let checks: Vec<String> = prompt.checks.iter().map(|check| self.check(check)).collect();
        self.items("checks", checks.iter().map(String::as_str));
        let examples: Vec<_> = prompt.examples.iter().filter(|example| example.output.is_some()).collect();
        if !examples.is_empty() {
            self.heading("examples");
        }
        for example in examples {
            self.example(prompt, example);
        }
        self.works_with(&prompt.works_with);
    }

    fn example(&mut self, prompt: &Prompt, example: &Example) {
        let title = example.title.as_ref().map_or_else(|| self.site.word("example").to_owned(), |title| line(title));
        let _ = write!(self.text, "### {title}\n\n");
        if let Some(model) = &example.model {
            let _ = writeln!(self.text, "- {}: {}", self.site.word("model"), self.model_name("examples", model));
        }
        for (name, value) in &example.inputs.0 {
            let variable = prompt.variables.iter().find(|variable| variable.name() == name.value);
            let label = variable.map_or_else(|| name.value.clone(), |variable| variable.label());
            let _ = writeln!(self.text, "- {}: {}", line(&label), item(&value.0));
        }
        if !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
        let output = example.output.as_ref().map_or("", |output| output.value.as_str());
        let fence = markdown::fence(output);
        let _ = write!(self.text, "{fence}\n{}\n{fence}\n\n", output.trim_end());
    }

    fn works_with(&mut self, tests: &List<WorksWith>) {
        if !tests.is_empty() {
            self.heading("works_with");
        }
        for test in tests {
            let model = test.model.as_ref().map(|name| self.model_name("works_with", name)).unwrap_or_default();
            let result = test.result.as_ref().map(|result| self.site.word_of("result", result.word()).to_owned());
            let day = test.tested_on.as_ref().map(|day| day.value.to_string());
            let facts: Vec<String> = result.into_iter().chain(day).collect();
            let facts = if facts.is_empty() { String::new() } else { format!(" ({})", facts.join(", ")) };
            let note = test.note.as_ref().map(|note| format!(": {}", item(note))).unwrap_or_default();
            let _ = writeln!(self.text, "- {model}{facts}{note}");
        }
    }

    fn check(&self, check: &Check) -> String {
        match check {
            Check::Sentence(sentence) => sentence.clone(),
            Check::MustNotContain(words) => format!("{} “{words}”", self.site.word("must_not_contain")),
            Check::MaxWords(count) => format!("{} {count}", self.site.word("max_words")),
        }
    }

    fn project(&mut self, project: &Project) {
        self.context(&project.context);
        self.entries("prompts", "starter_prompts");
        if !project.setup.is_empty() {
            self.heading("setup");
        }
        for setup in &project.setup {
            if let Some(tool) = &setup.tool {
                let _ = write!(self.text, "### {}\n\n", line(tool));
            }
            for (at, step) in setup.steps.iter().enumerate() {
                let _ = writeln!(self.text, "{}. {}", at + 1, item(step).replace('\n', "\n "));
            }
            self.text.push('\n');
        }
        self.links(&project.links);
    }

    fn working_description(&mut self, work: &WorkingDescription) {
        self.entries("prompts", "starter_prompts");
        self.context(&work.context);
        if !work.iterations.is_empty() {
            self.heading("iterations");
        }
        for (at, round) in work.iterations.iter().enumerate() {
            self.round(at, round);
        }
    }

    fn round(&mut self, at: usize, round: &Iteration) {
        let fields = [("tried", &round.tried), ("saw", &round.saw), ("changed", &round.changed)];
        let said = fields.into_iter().filter_map(|(key, text)| text.as_ref().map(|text| (key, text)));
        let parts: Vec<String> = said.map(|(key, text)| format!("{}: {}", self.site.word(key), line(text))).collect();
        let _ = writeln!(self.text, "{}. {}", at + 1, parts.join("\\\n   "));
    }

    fn workflow(&mut self, workflow: &Workflow) {
        self.fact("start_with", workflow.start_with.as_ref());
        self.fact("end_with", workflow.end_with.as_ref());
        if !workflow.steps.is_empty() {
            self.heading("steps");
        }
        for (at, step) in workflow.steps.iter().enumerate() {
            self.step(at, step);
        }
    }

    fn step(&mut self, at: usize, step: &Step) {
        let title = step.title.as_ref().map(|title| line(title)).unwrap_or_default();
        let optional = step.optional.as_ref().is_some_and(|optional| optional.value);
        let need = if optional { format!(" ({})", self.site.word("optional")) } else { String::new() };
        let _ = write!(self.text, "### {}. {title}{need}\n\n", at + 1);
        let prompt = step.prompt.as_ref().and_then(|id| self.site.handbook.meaning(self.ix, "steps", id));
        if let Some(prompt) = prompt {
            let _ = writeln!(self.text, "- {}: {}", self.site.word("prompt"), self.link(prompt));
        }
        if let Some(text) = &step.text {
            let _ = writeln!(self.text, "- {}", item(text));
        }
        self.fact("model", step.model.as_ref());
        if let Some(trust) = &step.trust {
            let word = self.site.word_of("trust", trust.word());
            let _ = writeln!(self.text, "- {}: {word}", self.site.word("trust"));
        }
        self.fact("checkpoint", step.checkpoint.as_ref());
        self.fact("carry", step.carry.as_ref());
        self.text.push('\n');
    }

    fn win(&mut self, win: &Win) {
        if let Some(date) = &win.date {
            let _ = writeln!(self.text, "- {}: {}", self.site.word("date"), date.value);
        }
        if !win.who.is_empty() {
            let names: Vec<String> = win.who.iter().map(|name| line(&self.site.person(self.ix, name).label)).collect();
            let _ = writeln!(self.text, "- {}: {}", self.site.word("who"), names.join(", "));
        }
        self.fact("before", win.before.as_ref());
        self.fact("after", win.after.as_ref());
        self.fact("try_it", win.try_it.as_ref());
    }

    fn model(&mut self, model: &Model) {
        self.fact("vendor", model.vendor.as_ref());
        if let Some(day) = &model.checked_on {
            let _ = writeln!(self.text, "- {}: {}", self.site.word("checked_on"), day.value);
        }
        if let Some(address) = &model.open_url {
            let _ = writeln!(self.text, "- {}: {}", self.site.word("open_url"), out_link(address, None));
        }
        self.fact("data_rules", model.data_rules.as_ref());
        self.items("good_at", model.good_at.iter().map(|text| text.value.as_str()));
        self.items("poor_at", model.poor_at.iter().map(|text| text.value.as_str()));
    }
}
