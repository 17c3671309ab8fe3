//! Which elements the rules of a style sheet may mean. A selector is read only as far as it says a name that an element
//! must have; where it does not, each element is meant.

use std::collections::HashMap;

use roxmltree::{Document, Node};

use super::super::fault::Fault;
use super::super::style::{Token, Tokens};
use super::filter;
use super::property::{Property, is_inheriting, points_of_style, property_name};

/// What an element needs for a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Key<'p> {
    Any,
    Class(&'p str),
    Id(&'p str),
    Element(&'p str),
}

/// The references of all style sheets of a picture.
#[derive(Default)]
pub(super) struct Rules<'p> {
    addresses: HashMap<Key<'p>, Vec<(Property, &'p str)>>,
    /// Points of the shapes in them.
    pub(super) points: u64,
    /// Whether one asks for what the element around has.
    pub(super) inherits: bool,
}

impl<'p> Rules<'p> {
    /// Reads all style sheets.
    pub(super) fn of(picture: &'p Document<'_>) -> Result<Self, Fault> {
        let mut rules = Self::default();
        let moves_class = |node: Node<'_, '_>| node.attribute("attributeName") == Some("class");
        let is_sure = !picture.root().descendants().any(moves_class);
        for sheet in picture.root().descendants().filter(|node| node.tag_name().name() == "style") {
            // Where it is of several texts, a rule may go from one to the next.
            let texts: Vec<&str> = sheet.children().filter(Node::is_text).filter_map(|text| text.text()).collect();
            let tokens: Vec<_> = texts.iter().flat_map(|text| Tokens(text)).collect();
            rules.points += texts.iter().map(|text| points_of_style(text)).sum::<u64>();
            rules.inherits |= tokens.iter().any(is_inheriting);
            let is_sure = is_sure && texts.len() < 2 && is_nested_well(&tokens);
            rules.read(sheet, &tokens, if is_sure { keys } else { any })?;
        }
        Ok(rules)
    }

    /// The references of all rules that may mean an element.
    pub(super) fn of_element(&self, node: Node<'_, '_>) -> impl Iterator<Item = (Property, &'p str)> {
        let classes = node.attribute("class").unwrap_or_default().split_ascii_whitespace().map(Key::Class);
        let id = node.attribute("id").map(Key::Id);
        let keys = [Key::Any, Key::Element(node.tag_name().name())].into_iter().chain(id).chain(classes);
        keys.flat_map(|key| self.addresses.get(&key).into_iter().flatten().copied()).collect::<Vec<_>>().into_iter()
    }

    fn read(&mut self, sheet: Node<'_, '_>, tokens: &[Token<'p>], keys: KeysOf<'p>) -> Result<(), Fault> {
        let mut around: Vec<Vec<Key<'p>>> = Vec::new();
        let mut start = 0;
        for (at, token) in tokens.iter().enumerate() {
            let Token::Mark(mark @ ('{' | '}' | ';')) = token else { continue };
            let before = &tokens[start..at];
            start = at + 1;
            if *mark == '{' {
                around.push(keys(before));
                continue;
            }
            self.read_declaration(sheet, before, around.last())?;
            if *mark == '}' {
                around.pop();
            }
        }
        self.read_declaration(sheet, &tokens[start..], around.last())
    }

    fn read_declaration(
        &mut self,
        sheet: Node<'_, '_>,
        tokens: &[Token<'p>],
        keys: Option<&Vec<Key<'p>>>,
    ) -> Result<(), Fault> {
        let name = property_name(tokens);
        filter::check_list(sheet, name, tokens)?;
        for token in tokens {
            let Token::Address(address) = token else { continue };
            for key in keys.map_or(&[Key::Any][..], Vec::as_slice) {
                self.addresses.entry(*key).or_default().push((Property::of(name), address));
            }
        }
        Ok(())
    }
}

/// Whether brackets of one kind hold no half of another, so that braces tell where a rule ends.
fn is_nested_well(tokens: &[Token<'_>]) -> bool {
    let mut depth = 0_usize;
    tokens.iter().all(|token| {
        match token {
            Token::Function(_) | Token::Mark('(') => depth += 1,
            Token::Mark(')') => depth = depth.saturating_sub(1),
            Token::Mark('{' | '}' | ';') => return depth == 0,
            Token::Mark('[') => return false,
            _ => {}
        }
        true
    })
}

/// What is read of the selectors of a rule.
type KeysOf<'p> = fn(&[Token<'p>]) -> Vec<Key<'p>>;

fn any<'p>(_: &[Token<'p>]) -> Vec<Key<'p>> {
    vec![Key::Any]
}

fn keys<'p>(selectors: &[Token<'p>]) -> Vec<Key<'p>> {
    selectors.split(|token| *token == Token::Mark(',')).map(key).collect()
}

/// What the last part of a selector asks for.
fn key<'p>(selector: &[Token<'p>]) -> Key<'p> {
    let is_gap = |token: &Token<'_>| matches!(token, Token::Mark(' ' | '\n' | '\r' | '\t' | '>' | '+' | '~'));
    let is_plain =
        |token: &Token<'_>| is_gap(token) || matches!(token, Token::Name(_) | Token::Mark('.' | '#' | ':' | '*' | '&'));
    if !selector.iter().all(is_plain) {
        return Key::Any;
    }
    let last = selector.split(is_gap).rfind(|part| !part.is_empty()).unwrap_or_default();
    let mut found = Key::Any;
    for (at, token) in last.iter().enumerate() {
        let Token::Name(name) = token else { continue };
        found = match (at.checked_sub(1).map(|before| last[before]), found) {
            (Some(Token::Mark('#')), _) => Key::Id(name),
            (Some(Token::Mark('.')), Key::Any | Key::Element(_)) => Key::Class(name),
            // The steps of an animation are no elements.
            (None, _) if !["from", "to"].contains(&&*name.to_ascii_lowercase()) => Key::Element(name),
            (_, found) => found,
        };
    }
    found
}
