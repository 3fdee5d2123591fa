//! One account that a story happens to, and what is seen of it.

use simulator::firehose::{Framing, Handle, Options, Quirks, Shape, Target};

use crate::subject::{Subject, in_words};

/// Who calls.
pub const CALLER: &str = "+46701234567";

type Told = Result<(), String>;

/// One account, and what is seen of it.
pub struct Stage {
    subject: Subject,
    pub me: String,
    pub anna: String,
    pub bo: String,
    told: Vec<String>,
}

impl Stage {
    pub async fn set(shape: Shape, framing: Framing, quirks: Quirks) -> Result<Self, String> {
        let options = Options { shape, framing, quirks, ..Options::default() };
        let mut subject = Subject::start(6, options, "").await;
        subject.live().await?;
        let [me, anna, bo, ..] = &*subject.server().users() else { return Err("too few people".to_owned()) };
        let (me, anna, bo) = (me.clone(), anna.clone(), bo.clone());
        Ok(Self { subject, me, anna, bo, told: Vec::new() })
    }

    pub fn server(&self) -> &Handle {
        self.subject.server()
    }

    /// Looks at me and the colleagues.
    pub async fn look(&mut self) -> Told {
        self.subject.settled().await?;
        let mut words = vec![self.subject.mine()];
        words.extend(self.people());
        self.told.push(words.join(", "));
        Ok(())
    }

    /// Waits for the end of everything, and tells how my calls ended.
    pub async fn end(mut self) -> Result<String, String> {
        self.subject.until("end of all calls", |subject| subject.open_calls().next().is_none()).await?;
        self.subject.settled().await?;
        let told = |mine: bool| {
            let calls = self.subject.ended_calls().filter(move |call| (call.mine == Some(true)) == mine);
            let mut words: Vec<String> = calls.map(|call| in_words(call)).collect();
            words.sort();
            words
        };
        let (mut words, others) = (told(true), told(false));
        if !others.is_empty() {
            words.push(format!("others' {}", others.join(" and ")));
        }
        words.extend(self.people());
        self.told.push(format!("in the end {}", words.join(", ")));
        Ok(self.told.join(" → "))
    }

    /// Who does something, and what.
    pub fn people(&self) -> impl Iterator<Item = String> {
        let people = [("I", &self.me), ("Anna", &self.anna), ("Bo", &self.bo)];
        let does = people.map(|(name, id)| (name, self.subject.availability(id)));
        does.into_iter().filter(|(_, what)| what != "available").map(|(name, what)| format!("{name} {what}"))
    }

    pub fn rings_me(&self) -> String {
        self.server().incoming_call(&Target::User(self.me.clone()), Some(CALLER))
    }

    pub fn rings_anna(&self) -> String {
        self.server().incoming_call(&Target::User(self.anna.clone()), Some(CALLER))
    }
}
