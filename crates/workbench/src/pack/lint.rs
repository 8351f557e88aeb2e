//! What the page accepts and people cannot use: fixes that no plan leads to, questions that settle nothing, rhythms
//! that are too fast to follow.

use super::tree::{Fault, Node};
use led_doctor_core::id::Id;
use led_doctor_core::pack::{Keyed, Ordered, Pack, Severity, SignalEntry, StepKind, notation};
use led_doctor_core::rhythm::{Group, Show, Span};
use std::collections::BTreeSet;

/// Flashes closer than this cannot be counted by eye, in ms.
const TOO_CLOSE: f64 = 300.0;

struct Lint<'a> {
    pack: &'a Pack,
    tree: &'a Node,
    faults: Vec<Fault>,
}

/// Everything that a good pack does not have.
pub fn lint(pack: &Pack, tree: &Node) -> Vec<Fault> {
    let mut lint = Lint {
        pack,
        tree,
        faults: Vec::new(),
    };
    lint.unused();
    lint.plans();
    lint.signals();
    lint.questions();
    lint.evidence();
    lint.waits();
    lint.faults
}

impl<'p> Lint<'p> {
    fn find(&mut self, path: &str, what: impl Into<String>, remedy: &str) {
        let (node, _) = self.tree.find(path);
        let what = format!("{path}: {}", what.into());
        self.faults.push(Fault {
            place: node.key.clone(),
            what,
            remedy: remedy.into(),
        });
    }

    /// Waits are in seconds: one of a few beside words of minutes was meant in minutes. Asked of the English.
    fn waits(&mut self) {
        let file = self.pack.file();
        if file.lang.as_str() != "en" {
            return;
        }
        for (fix, steps) in file.fix.iter() {
            for (step, words) in steps.step.iter() {
                let says = |n: u32| words.text.contains(&format!("{n} minute"));
                if let Some((least, most)) = words.wait
                    && most < 60
                    && (says(least) || says(most))
                {
                    let path = format!("fix.{fix}.step.{step}.wait");
                    self.find(
                        &path,
                        format!(
                            "the words speak of minutes, and the countdown is of {most} seconds"
                        ),
                        "write the wait in seconds: five minutes are 300",
                    );
                }
            }
        }
    }

    /// Parts that nothing refers to: forgotten, or a mistake elsewhere.
    fn unused(&mut self) {
        let file = self.pack.file();
        let mut used: BTreeSet<(&str, &str)> = BTreeSet::new();
        for (_, model) in file.model.iter() {
            for (_, signal) in model.signal.iter() {
                used.insert(("cause", signal.cause.as_str()));
                used.extend(signal.expect.ids().map(|id| ("question", id.as_str())));
                used.extend(
                    signal
                        .evidence
                        .iter()
                        .map(|e| ("source", e.source.as_str())),
                );
                used.extend(
                    file.light
                        .ids()
                        .filter(|id| says(&signal.show, id))
                        .map(|id| ("light", id.as_str())),
                );
            }
        }
        for (_, plan) in file.plan.iter() {
            used.extend(plan.ask.iter().map(|id| ("question", id.as_str())));
            let orders = plan
                .when
                .iter()
                .map(|(_, when)| &when.order)
                .chain([&plan.order]);
            used.extend(orders.flatten().map(|id| ("fix", id.as_str())));
        }
        for (_, fix) in file.fix.iter() {
            used.extend(fix.evidence.iter().map(|e| ("source", e.source.as_str())));
            for (_, step) in fix.step.iter() {
                used.extend(step.evidence.iter().map(|e| ("source", e.source.as_str())));
                let show = step.show.as_deref().unwrap_or("");
                used.extend(
                    file.light
                        .ids()
                        .filter(|id| says(show, id))
                        .map(|id| ("light", id.as_str())),
                );
            }
        }
        used.extend(
            file.support
                .evidence
                .iter()
                .map(|e| ("source", e.source.as_str())),
        );
        let mut idle = Vec::new();
        for (table, ids) in [
            ("cause", ids(&file.cause)),
            ("question", ids(&file.question)),
            ("fix", ids(&file.fix)),
            ("light", ids(&file.light)),
            ("source", ids(&file.source)),
        ] {
            idle.extend(
                ids.into_iter()
                    .filter(|id| !used.contains(&(table, *id)))
                    .map(|id| (table, id)),
            );
        }
        for (table, id) in idle {
            self.find(
                &format!("{table}.{id}"),
                "nothing leads here",
                "refer to it somewhere, or remove it",
            );
        }
    }

    fn plans(&mut self) {
        let pack = self.pack;
        let mut reached: BTreeSet<&str> = BTreeSet::new();
        let mut causes: BTreeSet<(&str, &str)> = BTreeSet::new();
        let mut away: BTreeSet<(&str, &str)> = BTreeSet::new();
        for model in pack.file().model.ids() {
            for entry in pack.signals(model.as_str()) {
                causes.insert((entry.about.cause.as_str(), model.as_str()));
            }
        }
        for (cause, model) in causes {
            let severity = pack.file().cause.get(cause).map(|cause| cause.severity);
            let Some((id, plan)) = pack.plan(cause, model) else {
                if severity == Some(Severity::Act) {
                    self.find(
                        &format!("cause.{cause}"),
                        format!("something is to be done on {model}, and no plan says what"),
                        "write a plan for this cause, or give it the severity normal, wait or stop",
                    );
                }
                continue;
            };
            reached.insert(id.as_str());
            let answers = plan.when.ids().map(|id| Some(id.as_str())).chain([None]);
            for answer in answers {
                let order = pack.order(plan, model, answer);
                self.order(id, &order, model, &mut away);
            }
        }
        for (id, plan) in pack.file().plan.iter() {
            if !reached.contains(id.as_str()) {
                self.find(
                    &format!("plan.{id}"),
                    "nobody is ever led to this plan",
                    "check its cause and models: another plan may go before it",
                );
            }
            if plan.ask.is_some() && plan.when.iter().all(|(_, when)| when.order == plan.order) {
                self.find(
                    &format!("plan.{id}.ask"),
                    "the answer changes nothing",
                    "give some answer an order of its own, or do not ask",
                );
            }
        }
    }

    /// One order of a plan on one model. `away`: fixes that leave the home network, by model, that were looked at already.
    fn order(
        &mut self,
        id: &Id,
        order: &Ordered<'p>,
        model: &'p str,
        away: &mut BTreeSet<(&'p str, &'p str)>,
    ) {
        let pack = self.pack;
        if order.fixes.is_empty() {
            self.find(
                &format!("plan.{id}"),
                format!("no fix in it applies to {model}"),
                "add one that does",
            );
        }
        if let Some((loses, gentle)) = hasty(pack, order, model) {
            self.find(
                &format!("plan.{id}.order"),
                format!("on {model}, {loses} loses something and comes before {gentle}, which loses nothing; nothing says why"),
                "put the gentle fixes first, or say in its because why this one comes first",
            );
        }
        for (at, fix) in order.fixes.iter().enumerate() {
            if order.fixes.iter().take(at).any(|before| before == fix) {
                self.find(
                    &format!("plan.{id}.order"),
                    format!("{fix} comes twice"),
                    "list each fix once",
                );
            }
            if leaves(pack, fix, model) && away.insert((fix.as_str(), model)) {
                self.find(
                    &format!("fix.{fix}.step"),
                    format!("on {model}, the phone leaves the home network and no step brings it back"),
                    "add a step of kind return-wifi after the one of kind leave-wifi, for the same models",
                );
            }
            if pack.fix_steps(fix.as_str(), model).is_empty() {
                self.find(
                    &format!("fix.{fix}.step"),
                    format!("no step applies to {model}"),
                    "add one, or leave the model out of the fix",
                );
            }
        }
    }

    fn signals(&mut self) {
        let pack = self.pack;
        for (model, own) in pack.file().model.iter() {
            let signals = if own.like.is_some() {
                &[]
            } else {
                pack.signals(model.as_str())
            };
            for (at, entry) in signals.iter().enumerate() {
                let path = format!("model.{model}.signal.{}.show", entry.id);
                for layer in &entry.layers {
                    let Show::Flashes(flashes) = &layer.show else {
                        continue;
                    };
                    for group in flashes.intro.iter().chain(&flashes.cycle) {
                        if let Some((what, remedy)) = unfollowable(group) {
                            self.find(&path, what, remedy);
                        }
                    }
                }
                for other in signals.iter().take(at) {
                    if same(entry, other) {
                        self.find(
                            &path,
                            format!("{} looks the same, and no question tells the two apart", other.id),
                            "make them one signal, or let them expect different answers to a question",
                        );
                    }
                }
            }
        }
    }

    fn questions(&mut self) {
        let pack = self.pack;
        for (model, own) in pack.file().model.iter() {
            for question in pack.file().question.ids() {
                let answers: BTreeSet<&Id> = own
                    .signal
                    .iter()
                    .filter_map(|(_, signal)| Some(&signal.expect.get(question.as_str())?.answer))
                    .collect();
                if answers.len() == 1 {
                    self.find(
                        &format!("model.{model}"),
                        format!("the question {question} tells no two of its signals apart"),
                        "let some signal expect another answer, or leave it out of this model",
                    );
                }
            }
        }
    }

    /// Every fact says where it comes from.
    fn evidence(&mut self) {
        let file = self.pack.file();
        let mut bare = Vec::new();
        for (model, about) in file.model.iter() {
            for (signal, _) in about
                .signal
                .iter()
                .filter(|(_, signal)| signal.evidence.is_empty())
            {
                bare.push(format!("model.{model}.signal.{signal}"));
            }
        }
        bare.extend(
            file.fix
                .iter()
                .filter(|(_, fix)| fix.evidence.is_empty())
                .map(|(id, _)| format!("fix.{id}")),
        );
        for path in bare {
            self.find(
                &path,
                "nothing says where this comes from",
                "name a source and a grade as evidence",
            );
        }
    }
}

/// A fix that loses something and a gentler one that comes after it, where the order gives no reason. The last fix is help from
/// people, which comes after everything.
fn hasty<'p>(pack: &Pack, order: &Ordered<'p>, model: &str) -> Option<(&'p Id, &'p Id)> {
    let loses = |fix: &Id| {
        let steps = pack.fix_steps(fix.as_str(), model);
        steps.iter().any(|(_, step)| step.kind == StepKind::Loss)
    };
    if order.because.is_some() {
        return None;
    }
    let (_, fixes) = order.fixes.split_last()?;
    let at = fixes.iter().position(|fix| loses(fix))?;
    let gentle = fixes.iter().skip(at).find(|fix| !loses(fix))?;
    Some((*fixes.get(at)?, *gentle))
}

/// Whether the phone has left the home network and is not brought back by the last step of a fix.
fn leaves(pack: &Pack, fix: &Id, model: &str) -> bool {
    let steps = pack.fix_steps(fix.as_str(), model);
    let mut kinds = steps.iter().rev().map(|(_, step)| step.kind);
    kinds.find(|kind| matches!(kind, StepKind::LeaveWifi | StepKind::ReturnWifi))
        == Some(StepKind::LeaveWifi)
}

fn ids<T>(parts: &Keyed<T>) -> Vec<&str> {
    parts.ids().map(Id::as_str).collect()
}

fn says(show: &str, light: &Id) -> bool {
    show.split(|c: char| !c.is_ascii_alphanumeric() && c != '-')
        .any(|word| light == word)
}

fn unfollowable(group: &Group) -> Option<(&'static str, &'static str)> {
    match (group.every, group.rest) {
        (Span::Stated(_, slow), _) if slow < TOO_CLOSE && group.count.1 > 1 => Some((
            "nobody can count flashes this close together",
            "if it only flickers, write blink flicker, without a count and without for",
        )),
        (Span::Stated(_, slow), Span::Stated(_, rest)) if group.count.1 > 1 && rest <= slow => {
            Some((
                "the pause after these flashes is no longer than the gaps between them",
                "check the times",
            ))
        }
        _ => None,
    }
}

/// Neither the rhythm nor any question separates them.
fn same(a: &SignalEntry, b: &SignalEntry) -> bool {
    let separated = a.about.expect.iter().any(|(question, expect)| {
        b.about
            .expect
            .get(question.as_str())
            .is_some_and(|other| other.answer != expect.answer)
    });
    !separated && notation::print(&a.layers) == notation::print(&b.layers)
}
