//! A pack that has been checked: every reference leads somewhere, every rhythm can be read, every number is sane.

use super::file::{
    Cause, Expect, Fix, Model, ModelSignal, PackFile, Picture, Plan, Severity, Step,
};
use super::finder::Finder;
use super::{Evidence, Keyed, notation};
use crate::codec::MOST_PARTS;
use crate::id::Id;
use crate::problem::Problem;
use crate::rhythm::{Expectation, Layer, Meaning, Show, Signal};

/// A pack in which no reference leads nowhere. Made by [`Pack::new`] alone.
#[derive(Debug, Clone, PartialEq)]
pub struct Pack {
    file: PackFile,
    /// The signals of each model, in the order of the models.
    signals: Vec<Vec<SignalEntry>>,
}

/// One signal of a model, its rhythm read.
#[derive(Debug, Clone, PartialEq)]
pub struct SignalEntry {
    /// Its id within the model.
    pub id: Id,
    /// Its entry in the pack.
    pub about: ModelSignal,
    /// What its lights do.
    pub layers: Vec<Layer>,
}

impl SignalEntry {
    /// Whether other codes may be shown before and after it.
    #[must_use]
    pub fn is_among(&self) -> bool {
        let among = |layer: &Layer| matches!(&layer.show, Show::Flashes(flashes) if flashes.among);
        self.layers.iter().any(among)
    }
}

/// Fixes in order, and why the first comes first.
#[derive(Debug, Clone, PartialEq)]
pub struct Ordered<'a> {
    /// The fixes that apply to the model.
    pub fixes: Vec<&'a Id>,
    /// Why the first comes first; nothing where another one comes first on this model.
    pub because: Option<&'a str>,
}

/// The largest pack that is read at all, in bytes of its JSON. Callers that take a pack from a stranger check this first, also of
/// a JavaScript object (by writing it out): then no list in it can be long enough to cost anything.
pub const LARGEST: usize = 256 * 1024;

const MOST_SIGNALS: usize = 2_000;
const LONGEST_TEXT: usize = 1_000;
const LONGEST_PATH: usize = 3_000;

impl Pack {
    /// Checks a pack, and reads its rhythms.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn new(mut file: PackFile) -> Result<Pack, Vec<Problem>> {
        let mut finder = Finder::default();
        let signals = walk(&file, &mut finder);
        let problems = finder.problems;
        if problems.is_empty() {
            read_rhythms(&mut file);
            Ok(Pack { file, signals })
        } else {
            Err(problems)
        }
    }

    /// A pack that this project's build has checked, its rhythms read. Invalid references, for example in a file of another version,
    /// are skipped where they are looked up.
    #[must_use]
    pub fn built(file: PackFile) -> Pack {
        let mut signals = Vec::new();
        for (_, model) in file.model.iter() {
            let like = model
                .like
                .as_ref()
                .and_then(|like| file.model.get(like.as_str()));
            let mut entries = Vec::new();
            for (signal, about) in like.unwrap_or(model).signal.iter() {
                if !about.layers.is_empty() {
                    entries.push(SignalEntry {
                        id: signal.clone(),
                        about: about.clone(),
                        layers: about.layers.clone(),
                    });
                }
            }
            signals.push(entries);
        }
        Pack { file, signals }
    }

    /// The pack as it was written.
    #[must_use]
    pub fn file(&self) -> &PackFile {
        &self.file
    }

    /// The model of that id.
    #[must_use]
    pub fn model(&self, id: &str) -> Option<&super::Model> {
        self.file.model.get(id)
    }

    /// The signals of a model; those of the model it is like where it has none of its own. Empty for an unknown model.
    #[must_use]
    pub fn signals(&self, model: &str) -> &[SignalEntry] {
        self.file
            .model
            .ids()
            .zip(&self.signals)
            .find(|(id, _)| *id == model)
            .map_or(&[], |(_, signals)| signals)
    }

    /// One signal of a model.
    #[must_use]
    pub fn signal(&self, model: &str, signal: &str) -> Option<&SignalEntry> {
        self.signals(model).iter().find(|entry| entry.id == *signal)
    }

    /// What is the matter when a model shows a signal.
    #[must_use]
    pub fn cause(&self, model: &str, signal: &str) -> Option<(&Id, &Cause)> {
        let cause = &self.signal(model, signal)?.about.cause;
        Some((cause, self.file.cause.get(cause.as_str())?))
    }

    /// The signals of a model as the classifier takes them.
    #[must_use]
    pub fn signals_for_classifier(&self, model: &str) -> Vec<Signal> {
        let meaning = |entry: &SignalEntry| {
            let cause = self.cause(model, entry.id.as_str());
            match cause.map(|(_, cause)| cause.severity) {
                Some(Severity::Normal) => Meaning::Nothing,
                Some(Severity::Wait) => Meaning::Passes,
                Some(Severity::Stop) => Meaning::Danger,
                Some(Severity::Act) | None => Meaning::Fault,
            }
        };
        let signal = |entry: &SignalEntry| Signal {
            id: entry.id.clone(),
            meaning: meaning(entry),
            weight: entry.about.weight,
            layers: entry.layers.clone(),
            expects: expectations(&entry.about.expect),
            listed: true,
        };
        let unlisted = |(code, about): (&Id, &ModelSignal)| Signal {
            id: code.clone(),
            layers: about.layers.clone(),
            expects: expectations(&about.expect),
            listed: false,
            ..Signal::default()
        };
        let listed = self.signals(model).iter().map(signal);
        let all = self.unlisted(model).into_iter().flat_map(Keyed::iter);
        listed.chain(all.map(unlisted)).collect()
    }

    /// The number codes that a model can show and its table does not have; those of the model it is like where it has no signals of
    /// its own.
    #[must_use]
    pub fn unlisted(&self, model: &str) -> Option<&Keyed<ModelSignal>> {
        Some(&self.model(self.like(model).unwrap_or(model))?.unlisted)
    }

    /// What to do about a cause on a model: the plan that names the model, or the model it is like, or none.
    #[must_use]
    pub fn plan(&self, cause: &str, model: &str) -> Option<(&Id, &Plan)> {
        let like = self.like(model);
        let rank = |plan: &Plan| match names(&plan.models, model, like) {
            Named::Itself => Some(0),
            Named::Like => Some(1),
            Named::All => Some(2),
            Named::Not => None,
        };
        let of_cause = self
            .file
            .plan
            .iter()
            .filter(|(_, plan)| plan.cause == *cause);
        of_cause
            .filter_map(|(id, plan)| Some((rank(plan)?, id, plan)))
            .min_by_key(|(rank, ..)| *rank)
            .map(|(_, id, plan)| (id, plan))
    }

    /// The fixes of a plan on a model, in the order that an answer gives them. `None`: not asked, or not sure.
    #[must_use]
    pub fn order<'a>(&'a self, plan: &'a Plan, model: &str, answer: Option<&str>) -> Ordered<'a> {
        let (order, because) = match answer.and_then(|answer| plan.when.get(answer)) {
            Some(when) => (&when.order, when.because.as_deref()),
            None => (&plan.order, plan.because.as_deref()),
        };
        let applies = |id: &&Id| {
            self.file
                .fix
                .get(id.as_str())
                .is_some_and(|fix| self.applies(&fix.models, &fix.except, model))
        };
        // The reason was written for the fix that comes first. Where that one is not for this model, it would be shown above another.
        let first = order.first().filter(applies);
        Ordered {
            fixes: order.iter().filter(applies).collect(),
            because: first.and(because),
        }
    }

    /// The fix of that id.
    #[must_use]
    pub fn fix(&self, id: &str) -> Option<&Fix> {
        self.file.fix.get(id)
    }

    /// The drawing of that name on a model: its own or that of the model it is like, where they have one. Nothing where the pack has
    /// none.
    #[must_use]
    pub fn picture(&self, model: &str, name: &str) -> Option<&Picture> {
        let of = |model: &str| self.model(model)?.picture.get(name);
        let own = of(model).or_else(|| of(self.like(model)?));
        self.file.picture.get(own.map_or(name, Id::as_str))
    }

    /// The steps of a fix that apply to a model, in order.
    #[must_use]
    pub fn fix_steps(&self, fix: &str, model: &str) -> Vec<(&Id, &Step)> {
        let steps = self.fix(fix).into_iter().flat_map(|fix| fix.step.iter());
        steps
            .filter(|(_, step)| self.applies(&step.models, &step.except, model))
            .collect()
    }

    fn like(&self, model: &str) -> Option<&str> {
        self.model(model)?.like.as_ref().map(Id::as_str)
    }

    fn applies(&self, models: &[Id], except: &[Id], model: &str) -> bool {
        names(models, model, self.like(model)) != Named::Not && !except.iter().any(|id| id == model)
    }
}

#[derive(PartialEq)]
enum Named {
    Itself,
    Like,
    All,
    Not,
}

fn names(models: &[Id], model: &str, like: Option<&str>) -> Named {
    if models.is_empty() {
        Named::All
    } else if models.iter().any(|id| id == model) {
        Named::Itself
    } else if models.iter().any(|id| Some(id.as_str()) == like) {
        Named::Like
    } else {
        Named::Not
    }
}

/// Reads the rhythms of the steps of a pack that was checked.
fn read_rhythms(file: &mut PackFile) {
    for model in file.model.parts_mut() {
        for code in model.unlisted.parts_mut() {
            code.layers = notation::parse(&code.show, &|_| true).unwrap_or_default();
        }
    }
    let PackFile { light, fix, .. } = file;
    for step in fix.parts_mut().flat_map(|fix| fix.step.parts_mut()) {
        let layers = step
            .show
            .as_ref()
            .and_then(|show| notation::parse(show, &|name| light.get(name).is_some()).ok());
        step.layers = layers.unwrap_or_default();
    }
}

/// Looks at every part of the pack.
fn walk<'a>(file: &'a PackFile, f: &mut Finder<'a>) -> Vec<Vec<SignalEntry>> {
    head(file, f);
    f.inside("support", |f| support(file, f));
    small_parts(file, f);
    each(f, "fix", &file.fix, |f, _, part| fix(file, f, part));
    each(f, "plan", &file.plan, |f, _, part| plan(file, f, part));
    models(file, f)
}

/// The fields at the top of a pack.
fn head<'a>(file: &'a PackFile, f: &mut Finder<'a>) {
    f.check(
        file.format == 1,
        "format",
        "",
        "this format is not known",
        "write format = 1",
    );
    month(f, "edition", &file.edition);
    let tag = (2..=35).contains(&file.lang.len())
        && file
            .lang
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-');
    f.check(
        tag,
        "lang",
        &file.lang,
        "this is no language tag",
        "write it as in en, de or pt-BR",
    );
    text(f, "name", &file.name);
    text(f, "notice", &file.notice);
}

fn support<'a>(file: &'a PackFile, f: &mut Finder<'a>) {
    let support = &file.support;
    if let Some(phone) = &support.phone {
        let dialled = (3..=24).contains(&phone.len())
            && phone
                .bytes()
                .all(|b| b.is_ascii_digit() || b"+-() ".contains(&b));
        f.check(
            dialled,
            "phone",
            phone,
            "this is no telephone number",
            "use digits, spaces, hyphens, brackets and +",
        );
    }
    link(f, "site", support.site.as_deref());
    text(f, "note", &support.note);
    texts(f, "ready", &support.ready);
    evidence(f, file, &support.evidence);
}

/// Sources, drawings, lights, questions and causes.
fn small_parts<'a>(file: &'a PackFile, f: &mut Finder<'a>) {
    each(f, "source", &file.source, |f, _, source| {
        text(f, "name", &source.name);
        link(f, "address", source.address.as_deref());
        month(f, "checked", &source.checked);
    });
    each(f, "picture", &file.picture, |f, _, picture| {
        for (field, path) in [
            ("lines", &picture.lines),
            ("light", &picture.light),
            ("accent", &picture.accent),
        ] {
            f.check(
                path.as_ref()
                    .is_none_or(|path| path.len() <= LONGEST_PATH && path.bytes().all(is_of_path)),
                field,
                "",
                "this is no path, or too long",
                "write the d of an SVG path, up to 3000 bytes",
            );
        }
    });
    each(f, "light", &file.light, |f, id, light| {
        text(f, "name", &light.name);
        if notation::reserved(id.as_str()) {
            f.problem(
                None,
                id.as_str(),
                "a light cannot have this name",
                "choose a name that begins with a letter and is no word of the notation",
            );
        }
    });
    each(f, "question", &file.question, |f, _, question| {
        text(f, "ask", &question.ask);
        maybe(f, "help", question.help.as_deref());
        each(f, "answer", &question.answer, |f, _, answer| {
            text(f, "text", &answer.text)
        });
        f.check(
            question.answer.len() >= 2,
            "answer",
            "",
            "a question needs two answers",
            "add one; \"not sure\" is always offered beside them",
        );
    });
    each(f, "cause", &file.cause, |f, _, cause| {
        text(f, "title", &cause.title);
        text(f, "meaning", &cause.meaning);
        texts(f, "advice", &cause.advice);
        f.check(
            cause.danger.is_none() || cause.severity == Severity::Stop,
            "danger",
            "",
            "only a stop is a danger",
            "give the cause the severity stop, or remove its danger",
        );
    });
}

fn fix<'a>(file: &'a PackFile, f: &mut Finder<'a>, fix: &'a Fix) {
    refer(f, "models", &fix.models, &file.model);
    refer(f, "except", &fix.except, &file.model);
    text(f, "title", &fix.title);
    text(f, "why", &fix.why);
    texts(f, "need", &fix.need);
    evidence(f, file, &fix.evidence);
    each(f, "step", &fix.step, |f, _, step| {
        refer(f, "models", &step.models, &file.model);
        refer(f, "except", &step.except, &file.model);
        text(f, "text", &step.text);
        maybe(f, "detail", step.detail.as_deref());
        maybe(f, "original", step.original.as_deref());
        if let Some((least, most)) = step.wait {
            f.check(
                least > 0 && least <= most && most <= 7_200,
                "wait",
                "",
                "this wait is out of range",
                "write [least, most] in seconds, up to two hours",
            );
        }
        if let Some(show) = &step.show {
            rhythm(f, file, show);
        }
        evidence(f, file, &step.evidence);
    });
}

fn plan<'a>(file: &'a PackFile, f: &mut Finder<'a>, plan: &'a Plan) {
    one(f, "cause", &plan.cause, &file.cause);
    refer(f, "models", &plan.models, &file.model);
    // No danger has a plan. No pack can override this.
    let stop = file
        .cause
        .get(plan.cause.as_str())
        .is_some_and(|cause| cause.severity == Severity::Stop);
    f.check(
        !stop,
        "cause",
        plan.cause.as_str(),
        "a cause with severity stop can have no plan",
        "remove the plan: people are told to stop and call someone",
    );
    refer(f, "order", &plan.order, &file.fix);
    f.check(
        !plan.order.is_empty(),
        "order",
        "",
        "a plan needs a fix",
        "list at least one",
    );
    maybe(f, "because", plan.because.as_deref());
    let question = plan.ask.as_ref().and_then(|ask| {
        one(f, "ask", ask, &file.question);
        file.question.get(ask.as_str())
    });
    each(f, "when", &plan.when, |f, answer, when| {
        let known = question.is_some_and(|question| question.answer.get(answer.as_str()).is_some());
        if !known {
            f.problem(
                None,
                answer.as_str(),
                "the plan's question has no such answer",
                "use one of the answers of the question named by ask",
            );
        }
        refer(f, "order", &when.order, &file.fix);
        f.check(
            !when.order.is_empty(),
            "order",
            "",
            "a plan needs a fix",
            "list at least one",
        );
        maybe(f, "because", when.because.as_deref());
    });
}

fn models<'a>(file: &'a PackFile, f: &mut Finder<'a>) -> Vec<Vec<SignalEntry>> {
    let all = |model: &Model| model.signal.len() + model.unlisted.len();
    let count: usize = file.model.iter().map(|(_, model)| all(model)).sum();
    if count > MOST_SIGNALS || file.model.is_empty() {
        f.check(
            false,
            "model",
            "",
            "there are no models, or too many signals",
            "keep to 1 model or more, and 2000 signals in all",
        );
        return Vec::new();
    }
    let mut all: Vec<Vec<SignalEntry>> = Vec::new();
    each(f, "model", &file.model, |f, _, model| {
        text(f, "name", &model.name);
        text(f, "hint", &model.hint);
        maybe(f, "light_is", model.light_is.as_deref());
        let mut own = Vec::new();
        each(f, "signal", &model.signal, |f, id, signal| {
            own.push(SignalEntry {
                id: id.clone(),
                about: signal.clone(),
                layers: self::signal(f, file, signal),
            });
        });
        maybe(f, "unlisted_is", model.unlisted_is.as_deref());
        each(f, "unlisted", &model.unlisted, |f, _, code| {
            rhythm(f, file, &code.show);
            text(f, "looks", &code.looks);
        });
        match &model.like {
            Some(like) => {
                let other = file.model.get(like.as_str());
                f.check(
                    other.is_some_and(|other| !other.signal.is_empty()) && own.is_empty(),
                    "like",
                    like.as_str(),
                    "a model that is like another has no signals of its own, and the other has",
                    "name a model with signals, and remove this one's",
                );
            }
            None => f.check(
                !own.is_empty(),
                "signal",
                "",
                "this model has no signals",
                "add one, or say which model it is like",
            ),
        }
        all.push(own);
    });
    take_over(file, &mut all);
    all
}

/// Checks a signal of a model, and reads its rhythm.
fn signal<'a>(f: &mut Finder<'a>, file: &'a PackFile, signal: &'a ModelSignal) -> Vec<Layer> {
    let layers = rhythm(f, file, &signal.show);
    f.check(
        signal.weight > 0.0 && signal.weight <= 100.0,
        "weight",
        "",
        "this weight is out of range",
        "stay above 0 and up to 100; 1 is typical",
    );
    one(f, "cause", &signal.cause, &file.cause);
    text(f, "name", &signal.name);
    text(f, "looks", &signal.looks);
    evidence(f, file, &signal.evidence);
    each(f, "expect", &signal.expect, |f, question, expect| {
        let question = file.question.get(question.as_str());
        let answers = question.map(|question| &question.answer);
        let known = answers.is_some_and(|answers| answers.get(expect.answer.as_str()).is_some());
        f.check(
            known,
            "answer",
            expect.answer.as_str(),
            "there is no such question or answer",
            "name a question of the pack and one of its answers",
        );
        f.check(
            (0.5..=1.0).contains(&expect.sure),
            "sure",
            "",
            "this certainty is out of range",
            "stay between 0.5 and 1",
        );
    });
    layers
}

/// A model that is like another has the signals of that one.
fn take_over(file: &PackFile, all: &mut [Vec<SignalEntry>]) {
    for (at, (_, model)) in file.model.iter().enumerate() {
        let other = model
            .like
            .as_ref()
            .and_then(|like| file.model.ids().position(|id| id == like));
        let taken = other.and_then(|other| all.get(other)).cloned();
        if let (Some(taken), Some(own)) = (taken, all.get_mut(at)) {
            *own = taken;
        }
    }
}

fn expectations(expect: &Keyed<Expect>) -> Vec<Expectation> {
    let each = expect.iter().map(|(question, expect)| Expectation {
        question: question.clone(),
        answer: expect.answer.clone(),
        sure: expect.sure,
    });
    each.collect()
}

/// Looks at each part of a table, and at the table itself.
fn each<'a, T>(
    f: &mut Finder<'a>,
    table: &'a str,
    parts: &'a Keyed<T>,
    mut look: impl FnMut(&mut Finder<'a>, &'a Id, &'a T),
) {
    f.inside(table, |f| {
        if parts.len() > MOST_PARTS {
            f.problem(None, "", "there are too many of these", "keep to 256");
            return;
        }
        let mut seen: Vec<&Id> = Vec::new();
        for (id, part) in parts.iter() {
            if seen.contains(&id) {
                f.problem(
                    None,
                    id.as_str(),
                    "this id is used twice",
                    "give each its own id",
                );
            }
            seen.push(id);
            f.inside(id.as_str(), |f| look(f, id, part));
        }
    });
}

fn rhythm<'a>(f: &mut Finder<'a>, file: &'a PackFile, show: &str) -> Vec<Layer> {
    match notation::parse(show, &|light| file.light.get(light).is_some()) {
        Ok(layers) => layers,
        Err(fault) => {
            f.inside("show", |f| {
                f.problem(
                    Some(fault.at),
                    show.get(fault.at..).unwrap_or(""),
                    fault.what,
                    fault.remedy,
                )
            });
            Vec::new()
        }
    }
}

fn one<'a, T>(f: &mut Finder<'a>, field: &'a str, id: &'a Id, parts: &Keyed<T>) {
    f.check(
        parts.get(id.as_str()).is_some(),
        field,
        id.as_str(),
        "nothing in the pack has this id",
        "check the spelling, or add it",
    );
}

fn refer<'a, T>(f: &mut Finder<'a>, field: &'a str, ids: &'a [Id], parts: &Keyed<T>) {
    few(f, field, ids.len());
    for id in ids.iter().take(MOST_PARTS) {
        one(f, field, id, parts);
    }
}

fn evidence<'a>(f: &mut Finder<'a>, file: &'a PackFile, evidence: &'a [Evidence]) {
    few(f, "evidence", evidence.len());
    for one_of in evidence.iter().take(MOST_PARTS) {
        one(f, "evidence", &one_of.source, &file.source);
    }
}

fn few<'a>(f: &mut Finder<'a>, field: &'a str, count: usize) {
    f.check(
        count <= 32,
        field,
        "",
        "there are too many of these",
        "keep to 32",
    );
}

fn month<'a>(f: &mut Finder<'a>, field: &'a str, date: &str) {
    let digits = |part: Option<&str>, len| {
        part.is_some_and(|p| p.len() == len && p.bytes().all(|b| b.is_ascii_digit()))
    };
    let well = date.len() == 7
        && digits(date.get(..4), 4)
        && date.get(4..5) == Some("-")
        && digits(date.get(5..), 2);
    f.check(
        well,
        field,
        date,
        "this is no month",
        "write year and month, as in 2026-11",
    );
}

fn link<'a>(f: &mut Finder<'a>, field: &'a str, address: Option<&str>) {
    let Some(address) = address else { return };
    // Readers of the address must see where it leads: no names before the host, nothing but plain letters in it.
    let host = address
        .strip_prefix("https://")
        .map(|rest| rest.split(['/', '?', '#']).next().unwrap_or(""));
    let well = host.is_some_and(|host| {
        host.contains('.')
            && !host.starts_with('.')
            && host
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b".-".contains(&b))
    });
    let plain = address.len() <= 400
        && address
            .bytes()
            .all(|b| (0x21..0x7f).contains(&b) && !b"\\<>\"`{}|^".contains(&b));
    f.check(
        well && plain,
        field,
        address,
        "this link cannot be offered",
        "give a full https address",
    );
}

/// Whether it may occur in the `d` of an SVG path.
fn is_of_path(byte: u8) -> bool {
    byte.is_ascii_digit() || b"MmLlHhVvCcSsQqTtAaZz ,.-".contains(&byte)
}

fn maybe<'a>(f: &mut Finder<'a>, field: &'a str, words: Option<&str>) {
    if let Some(words) = words {
        text(f, field, words);
    }
}

fn texts<'a>(f: &mut Finder<'a>, field: &'a str, list: &[String]) {
    few(f, field, list.len());
    for words in list.iter().take(MOST_PARTS) {
        text(f, field, words);
    }
}

fn text<'a>(f: &mut Finder<'a>, field: &'a str, words: &str) {
    f.check(
        !words.trim().is_empty(),
        field,
        "",
        "this text is empty",
        "write it, or remove the line where it is optional",
    );
    f.check(
        words.len() <= LONGEST_TEXT,
        field,
        "",
        "this text is too long",
        "keep to 1000 bytes: say it in short sentences",
    );
    let hidden = words.find(is_deceptive);
    if let Some(at) = hidden {
        f.inside(field, |f| {
            f.problem(
                Some(at),
                "",
                "there is an invisible character in this text",
                "delete it: it could make the text look different from what it is",
            )
        });
    }
}

/// Characters that change how others are shown, or that are invisible. Joiners stay: some scripts are written with them.
#[must_use]
pub fn is_deceptive(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
#[path = "checked_tests.rs"]
mod tests;
