use fluent_bundle::FluentResource;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, PatternElement};

/// A sentence as the programs write it in English: fixed pieces, with a variable between each two.
pub(crate) struct Sentence {
    /// The message's.
    pub(crate) id: String,
    /// Whether it is a part of a sentence, which alone says nothing.
    pub(crate) is_part: bool,
    /// The variables, in their order.
    pub(crate) names: Vec<String>,
    /// What the sentence begins with.
    first: String,
    /// What comes after each of the variables.
    rest: Vec<String>,
}

impl Sentence {
    /// Every message that is a sentence, those that say most in fixed words first.
    pub(crate) fn all(resources: impl Iterator<Item = FluentResource>) -> Vec<Self> {
        let mut sentences = Vec::new();
        for resource in resources {
            sentences.extend(resource.entries().filter_map(Self::of));
        }
        sentences.sort_by_key(|sentence| std::cmp::Reverse(sentence.fixed()));
        sentences
    }

    fn of(entry: &Entry<&str>) -> Option<Self> {
        let Entry::Message(message) = entry else { return None };
        let mut sentence = Self {
            id: message.id.name.to_owned(),
            is_part: message.id.name.starts_with("what-"),
            names: Vec::new(),
            first: String::new(),
            rest: Vec::new(),
        };
        for element in &message.value.as_ref()?.elements {
            match element {
                PatternElement::TextElement { value } => {
                    sentence.rest.last_mut().unwrap_or(&mut sentence.first).push_str(value);
                }
                PatternElement::Placeable { expression } => match expression {
                    Expression::Inline(InlineExpression::VariableReference { id }) => {
                        sentence.names.push(id.name.to_owned());
                        sentence.rest.push(String::new());
                    }
                    Expression::Inline(InlineExpression::StringLiteral { value }) => {
                        sentence.rest.last_mut().unwrap_or(&mut sentence.first).push_str(value);
                    }
                    Expression::Inline(_) | Expression::Select { .. } => return None,
                },
            }
        }
        Some(sentence)
    }

    fn fixed(&self) -> usize {
        self.first.len() + self.rest.iter().map(String::len).sum::<usize>()
    }

    /// What stands in the places of the variables; `None` if it is another sentence.
    pub(crate) fn values<'a>(&self, text: &'a str) -> Option<Vec<&'a str>> {
        let mut left = text.strip_prefix(self.first.as_str())?;
        let mut values = Vec::with_capacity(self.rest.len());
        let Some((last, between)) = self.rest.split_last() else {
            return left.is_empty().then_some(values);
        };
        for piece in between {
            let (value, after) = left.split_once(piece.as_str())?;
            values.push(value);
            left = after;
        }
        values.push(left.strip_suffix(last.as_str())?);
        // Two sentences are never one value.
        values.iter().all(|value| !value.is_empty() && !value.contains(". ")).then_some(values)
    }
}
