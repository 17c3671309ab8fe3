//! What each element of a picture refers to inside it: by `href`, by `url(#…)` in its attributes and style, by a rule of
//! a style sheet, and by what an animation puts in the place of one of these.

use std::borrow::Cow;
use std::collections::HashMap;

use percent_encoding::percent_decode_str;
use roxmltree::{Document, Node};

use super::super::fault::Fault;
use super::super::names::{self, XLINK};
use super::super::style::{Token, Tokens};
use super::property::{Property, is_inheriting, points, points_of_style, property_name};
use super::{filter, sheet};

/// A reference to a part of the picture.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reference<'p, 'd> {
    pub(super) property: Property,
    pub(super) target: Node<'p, 'd>,
}

/// All references of a picture.
pub(super) struct References<'p, 'd> {
    ids: HashMap<&'p str, Node<'p, 'd>>,
    own: HashMap<Node<'p, 'd>, Vec<Reference<'p, 'd>>>,
    replaced: HashMap<Node<'p, 'd>, Vec<Property>>,
    /// Points that an animation gives.
    moved: HashMap<Node<'p, 'd>, u64>,
    /// Points that a style sheet may give to any element.
    everywhere: u64,
    /// Whether a style asks for what the element around has, of properties that are not inherited by themselves too.
    inherits: bool,
}

impl<'p, 'd> References<'p, 'd> {
    /// Reads all references.
    pub(super) fn of(picture: &'p Document<'d>) -> Result<Self, Fault> {
        let (own, replaced, moved) = (HashMap::new(), HashMap::new(), HashMap::new());
        let mut all = Self { ids: ids(picture), own, replaced, moved, everywhere: 0, inherits: false };
        let elements = || picture.root().descendants().filter(Node::is_element);
        let rules = sheet::Rules::of(picture)?;
        for element in elements() {
            all.read_attributes(element)?;
            for (property, address) in rules.of_element(element) {
                all.add(element, property, address);
            }
        }
        all.everywhere = rules.points;
        all.inherits |= rules.inherits;
        Ok(all)
    }

    /// What an element names by styles, its own and those that it may be meant by.
    pub(super) fn of_element(&self, node: Node<'p, 'd>) -> &[Reference<'p, 'd>] {
        self.own.get(&node).map_or(&[], Vec::as_slice)
    }

    /// What an element names by its address, if that draws it.
    pub(super) fn target(&self, node: Node<'p, 'd>) -> Option<Node<'p, 'd>> {
        let draws = !is_animation(node) && !matches!(node.tag_name().name(), "a" | "image");
        self.find(address(node).filter(|_| draws)?)
    }

    /// Whether the elements inside have it as well.
    pub(super) fn is_inherited(&self, property: Property) -> bool {
        self.inherits || property != Property::Once
    }

    /// The properties for which an element takes nothing from the one around it.
    pub(super) fn replaced(&self, node: Node<'p, 'd>) -> &[Property] {
        if self.inherits { &[] } else { self.replaced.get(&node).map_or(&[], Vec::as_slice) }
    }

    /// At most so many points or letters an element has.
    pub(super) fn points(&self, node: Node<'p, 'd>) -> u64 {
        let attributes = ["d", "points"].into_iter().filter_map(|name| node.attribute(name)).map(points);
        let style = node.attribute("style").map_or(0, points_of_style);
        let is_shown = !matches!(node.tag_name().name(), "style" | "title" | "desc" | "metadata");
        let texts = node.children().filter(|child| is_shown && child.is_text());
        let letters = texts.filter_map(|child| child.text()).map(|text| text.trim().len() as u64);
        let moved = self.moved.get(&node).copied().unwrap_or_default();
        attributes.chain(letters).sum::<u64>() + style + moved + self.everywhere
    }

    fn read_attributes(&mut self, node: Node<'p, 'd>) -> Result<(), Fault> {
        for attribute in node.attributes().filter(|attribute| attribute.namespace().is_none()) {
            let (name, value) = (attribute.name(), attribute.value());
            match name {
                "style" => self.read_style(node, value)?,
                "from" | "to" | "by" | "values" if is_animation(node) => self.read_animation(node, value)?,
                _ if names::STYLED.contains(&name) => {
                    self.read_value(node, name, &Tokens(value).collect::<Vec<_>>())?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn read_style(&mut self, node: Node<'p, 'd>, style: &'p str) -> Result<(), Fault> {
        let tokens: Vec<Token<'p>> = Tokens(style).collect();
        for declaration in tokens.split(|token| *token == Token::Mark(';')) {
            self.read_value(node, property_name(declaration), declaration)?;
        }
        Ok(())
    }

    /// What an animation gives to what it is of.
    fn read_animation(&mut self, node: Node<'p, 'd>, value: &'p str) -> Result<(), Fault> {
        let named = address(node).and_then(|address| self.find(address));
        let Some(owner) = named.or_else(|| node.parent_element()) else { return Ok(()) };
        let name = node.attribute("attributeName").unwrap_or_default();
        if ["d", "points"].contains(&name) {
            *self.moved.entry(owner).or_default() += points(value);
        }
        let tokens: Vec<_> = Tokens(value).collect();
        tokens.split(|token| *token == Token::Mark(';')).try_for_each(|value| self.read_value(owner, name, value))
    }

    fn read_value(&mut self, node: Node<'p, 'd>, name: &str, tokens: &[Token<'p>]) -> Result<(), Fault> {
        filter::check_list(node, name, tokens)?;
        let property = Property::of(name);
        if matches!(property, Property::Fill | Property::Stroke) {
            self.replaced.entry(node).or_default().push(property);
        }
        self.inherits |= tokens.iter().any(is_inheriting);
        for token in tokens {
            if let Token::Address(address) = token {
                self.add(node, property, address);
            }
        }
        Ok(())
    }

    fn add(&mut self, node: Node<'p, 'd>, property: Property, address: &str) {
        if let Some(target) = self.find(address) {
            self.own.entry(node).or_default().push(Reference { property, target });
        }
    }

    /// The element of an address, which is read as browsers do: without line ends, and with percent signs decoded.
    fn find(&self, address: &str) -> Option<Node<'p, 'd>> {
        let fragment = address.strip_prefix('#')?;
        if let Some(found) = self.ids.get(fragment) {
            return Some(*found);
        }
        let plain: String = fragment.trim().chars().filter(|c| !matches!(c, '\n' | '\r' | '\t')).collect();
        let decoded: Cow<'_, str> = percent_decode_str(&plain).decode_utf8_lossy();
        self.ids.get(&*decoded).copied()
    }
}

/// The first element of each name is the one that is meant.
fn ids<'p, 'd>(picture: &'p Document<'d>) -> HashMap<&'p str, Node<'p, 'd>> {
    let mut ids = HashMap::new();
    for node in picture.root().descendants().filter(Node::is_element) {
        if let Some(id) = node.attribute("id") {
            ids.entry(id).or_insert(node);
        }
    }
    ids
}

fn address<'p>(node: Node<'p, '_>) -> Option<&'p str> {
    node.attribute("href").or_else(|| node.attribute((XLINK, "href")))
}

fn is_animation(node: Node<'_, '_>) -> bool {
    matches!(
        node.tag_name().name(),
        "animate" | "animateColor" | "animateMotion" | "animateTransform" | "discard" | "set"
    )
}

/// Whether an element only holds others, or is not drawn: nothing is painted for it alone.
pub(super) fn is_container(node: Node<'_, '_>) -> bool {
    const CONTAINERS: [&str; 19] = [
        "clipPath",
        "defs",
        "desc",
        "filter",
        "g",
        "hatch",
        "linearGradient",
        "marker",
        "mask",
        "metadata",
        "pattern",
        "radialGradient",
        "stop",
        "style",
        "svg",
        "switch",
        "symbol",
        "title",
        "view",
    ];
    let name = node.tag_name().name();
    CONTAINERS.contains(&name) || name.starts_with("fe") || is_animation(node)
}
