//! `citm`: the ticket catalogue of a concert hall, maps keyed by number, many integers, little text, pretty-printed.
//!
//! Made after the file `citm_catalog` in the public JSON benchmarks: 184 events, 243 performances with their prices and
//! seat categories. Members that are always null there are null here. Fields have the names of the members, in camel case:
//! every derive renames in its own way, and none has to.

use std::collections::BTreeMap;

use self::owned::{Area, Price, SeatCategory};
use super::{Scale, Shape, prose};
use crate::format::Format;
use crate::random::Random;

#[macro_export]
macro_rules! citm_types {
    ($derives:ident {$(#[$attr:meta])*} {$(#[$optional:meta])*} [$($life:lifetime)?] $text:ty) => {
        $derives! {
            $(#[$attr])*
            pub struct Catalog $(<$life>)? {
                pub areaNames: ::std::collections::BTreeMap<$text, $text>,
                pub audienceSubCategoryNames: ::std::collections::BTreeMap<$text, $text>,
                pub blockNames: ::std::collections::BTreeMap<$text, $text>,
                pub events: ::std::collections::BTreeMap<$text, Event $(<$life>)?>,
                pub performances: Vec<Performance $(<$life>)?>,
                pub seatCategoryNames: ::std::collections::BTreeMap<$text, $text>,
                pub subTopicNames: ::std::collections::BTreeMap<$text, $text>,
                pub subjectNames: ::std::collections::BTreeMap<$text, $text>,
                pub topicNames: ::std::collections::BTreeMap<$text, $text>,
                pub topicSubTopics: ::std::collections::BTreeMap<$text, Vec<u64>>,
                pub venueNames: ::std::collections::BTreeMap<$text, $text>,
            }
            $(#[$attr])*
            pub struct Event $(<$life>)? {
                pub description: Option<$text>,
                pub id: u64,
                pub logo: Option<$text>,
                pub name: $text,
                pub subTopicIds: Vec<u64>,
                pub subjectCode: Option<u64>,
                pub subtitle: Option<$text>,
                pub topicIds: Vec<u64>,
            }
            $(#[$attr])*
            pub struct Performance $(<$life>)? {
                pub eventId: u64,
                pub id: u64,
                pub logo: Option<$text>,
                pub name: Option<$text>,
                pub prices: Vec<Price>,
                pub seatCategories: Vec<SeatCategory>,
                pub seatMapImage: Option<$text>,
                pub start: u64,
                pub venueCode: $text,
            }
            $(#[$attr])*
            pub struct Price {
                pub amount: u64,
                pub audienceSubCategoryId: u64,
                pub seatCategoryId: u64,
            }
            $(#[$attr])*
            pub struct SeatCategory {
                pub areas: Vec<Area>,
                pub seatCategoryId: u64,
            }
            $(#[$attr])*
            pub struct Area {
                pub areaId: u64,
                pub blockIds: Vec<u64>,
            }
        }
        pub type Document $(<$life>)? = Catalog $(<$life>)?;
    };
}

stamp_maps!(citm_types);

pub struct Citm;

impl Shape for Citm {
    const JSON: Format = Format::PrettyJson(4);
    type Wire = owned::Document;
    type View = owned::Document;

    fn generate(_: Scale) -> Self::Wire {
        let mut random = Random::new(0xc171);
        let events = (0..EVENTS).map(|idx| event(&mut random, idx));
        let events = events.map(|event| (event.id.to_string(), event)).collect();
        let performances = (0..PERFORMANCES).map(|idx| performance(&mut random, idx)).collect();
        owned::Catalog {
            areaNames: names(&mut random, AREAS, 17),
            audienceSubCategoryNames: names(&mut random, AUDIENCES, 1),
            blockNames: BTreeMap::new(),
            events,
            performances,
            seatCategoryNames: names(&mut random, SEAT_CATEGORIES, 64),
            subTopicNames: names(&mut random, SUB_TOPICS, 19),
            subjectNames: BTreeMap::new(),
            topicNames: names(&mut random, TOPICS, 4),
            topicSubTopics: (0..4).map(|idx| ((TOPICS + idx).to_string(), sub_topics(&mut random))).collect(),
            venueNames: BTreeMap::from([("PLEYEL_PLEYEL".to_string(), "Salle Pleyel".to_string())]),
        }
    }

    /// Events and performances.
    fn elements(wire: &Self::Wire) -> usize {
        wire.events.len() + wire.performances.len()
    }
}

const EVENTS: u64 = 184;
const PERFORMANCES: u64 = 243;

// The numbers of each kind start here and follow each other.
const EVENT_IDS: u64 = 138_586_341;
const PERFORMANCE_IDS: u64 = 339_887_544;
const AREAS: u64 = 205_705_993;
const AUDIENCES: u64 = 337_100_890;
const SEAT_CATEGORIES: u64 = 338_937_235;
const SUB_TOPICS: u64 = 337_184_262;
const TOPICS: u64 = 324_846_098;

fn names(random: &mut Random, start: u64, count: u64) -> BTreeMap<String, String> {
    (start..start + count).map(|id| (id.to_string(), prose::title(random, 3))).collect()
}

fn sub_topics(random: &mut Random) -> Vec<u64> {
    (0..random.between(3, 6)).map(|_| SUB_TOPICS + random.below(19)).collect()
}

fn event(random: &mut Random, idx: u64) -> owned::Event {
    owned::Event {
        description: None,
        id: EVENT_IDS + idx,
        logo: random.chance(50).then(|| format!("/images/UE0AAAAACEKo{}", prose::hex(random, 8))),
        name: format!("{} – {}", prose::title(random, 2), prose::foreign(random)),
        subTopicIds: sub_topics(random),
        subjectCode: None,
        subtitle: None,
        topicIds: (0..random.between(1, 3)).map(|_| TOPICS + random.below(4)).collect(),
    }
}

fn performance(random: &mut Random, idx: u64) -> owned::Performance {
    let seat_categories: Vec<SeatCategory> =
        (0..random.between(3, 6)).map(|_| seat_category(random)).collect();
    owned::Performance {
        eventId: EVENT_IDS + random.below(EVENTS),
        id: PERFORMANCE_IDS + idx,
        logo: None,
        name: None,
        prices: seat_categories.iter().map(|category| price(random, category)).collect(),
        seatCategories: seat_categories,
        seatMapImage: None,
        start: 1_372_701_600_000 + idx * 86_400_000,
        venueCode: "PLEYEL_PLEYEL".to_string(),
    }
}

fn price(random: &mut Random, category: &SeatCategory) -> Price {
    Price {
        amount: random.between(40, 360) * 250,
        audienceSubCategoryId: AUDIENCES,
        seatCategoryId: category.seatCategoryId,
    }
}

fn seat_category(random: &mut Random) -> SeatCategory {
    let areas =
        (0..random.between(1, 14)).map(|_| Area { areaId: AREAS + random.below(17), blockIds: Vec::new() });
    SeatCategory { areas: areas.collect(), seatCategoryId: SEAT_CATEGORIES + random.below(64) }
}
