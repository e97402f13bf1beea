//! Generates the page of search results.

use super::owned::*;
use crate::data::prose;
use crate::random::Random;

const STATUSES: u64 = 100;

pub(super) fn search() -> Search {
    let mut random = Random::new(0x7317);
    Search {
        statuses: (0..STATUSES).map(|_| status_or_retweet(&mut random)).collect(),
        search_metadata: search_metadata(),
    }
}

fn search_metadata() -> SearchMetadata {
    SearchMetadata {
        completed_in: 0.087,
        max_id: 505_874_924_095_815_681,
        max_id_str: "505874924095815681".to_string(),
        next_results: "?max_id=505874847260352512&q=%E4%B8%80&count=100&include_entities=1".to_string(),
        query: "%E4%B8%80".to_string(),
        refresh_url: "?since_id=505874924095815681&q=%E4%B8%80&include_entities=1".to_string(),
        count: 100,
        since_id: 0,
        since_id_str: "0".to_string(),
    }
}

fn status_or_retweet(random: &mut Random) -> Status {
    let mut status = status(random);
    if random.chance(75) {
        let repeated = self::status(random);
        status.text = format!("RT @{}: {}", repeated.user.screen_name, repeated.text);
        status.retweeted_status = Some(Box::new(repeated));
    }
    status
}

fn status(random: &mut Random) -> Status {
    let id = 505_874_000_000_000_000 + random.below(1_000_000_000_000);
    let reply = random.chance(20).then(|| random.between(1_000_000, 2_800_000_000));
    let entities = entities(random);
    Status {
        metadata: Metadata { result_type: "recent".to_string(), iso_language_code: "ja".to_string() },
        created_at: time(random, 2014),
        id,
        id_str: id.to_string(),
        text: text(random, &entities),
        source: source(random),
        truncated: false,
        in_reply_to_status_id: reply.map(|user| id - user),
        in_reply_to_status_id_str: reply.map(|user| (id - user).to_string()),
        in_reply_to_user_id: reply,
        in_reply_to_user_id_str: reply.map(|user| user.to_string()),
        in_reply_to_screen_name: reply.map(|_| prose::identifier(random)),
        user: user(random),
        geo: None,
        coordinates: None,
        place: None,
        contributors: None,
        retweeted_status: None,
        retweet_count: random.of_digits(3),
        favorite_count: random.of_digits(3),
        possibly_sensitive: (!entities.urls.is_empty()).then_some(false),
        entities,
        favorited: false,
        retweeted: false,
        lang: "ja".to_string(),
    }
}

fn text(random: &mut Random, entities: &Entities) -> String {
    let mut text = prose::post(random);
    entities
        .user_mentions
        .iter()
        .for_each(|mention| text.insert_str(0, &format!("@{} ", mention.screen_name)));
    entities.hashtags.iter().for_each(|hashtag| text.push_str(&format!(" #{}", hashtag.text)));
    entities.urls.iter().for_each(|link| text.push_str(&format!(" {}", link.url)));
    text
}

fn source(random: &mut Random) -> String {
    let client =
        random.pick(&["Twitter for iPhone", "Twitter for Android", "Twitter Web Client", "twittbot.net"]);
    format!("<a href=\"http://twitter.com/{}\" rel=\"nofollow\">{client}</a>", prose::noun(random))
}

fn time(random: &mut Random, year: u64) -> String {
    let [hour, minute, second] = [24, 60, 60].map(|limit| random.below(limit));
    format!("Sun Aug {:02} {hour:02}:{minute:02}:{second:02} +0000 {year}", random.between(1, 31))
}

fn indices(random: &mut Random) -> (u64, u64) {
    let start = random.below(100);
    (start, start + random.between(3, 25))
}

fn entities(random: &mut Random) -> Entities {
    let mut some = |percent| u64::from(random.chance(percent));
    let [hashtags, urls, mentions] = [some(15), some(25), some(45)];
    let media = random.chance(12).then(|| vec![media(random)]);
    Entities {
        hashtags: (0..hashtags).map(|_| hashtag(random)).collect(),
        symbols: Vec::new(),
        urls: (0..urls).map(|_| link(random)).collect(),
        user_mentions: (0..mentions).map(|_| mention(random)).collect(),
        media,
    }
}

fn hashtag(random: &mut Random) -> Hashtag {
    Hashtag { text: prose::foreign(random).to_string(), indices: indices(random) }
}

fn link(random: &mut Random) -> Link {
    let page = format!("{}/{}", prose::noun(random), prose::hex(random, 6));
    Link {
        url: format!("http://t.co/{}", prose::hex(random, 10)),
        expanded_url: format!("http://www.example.jp/{page}"),
        display_url: format!("example.jp/{page}"),
        indices: indices(random),
    }
}

fn mention(random: &mut Random) -> Mention {
    let id = random.between(1_000_000, 2_800_000_000);
    Mention {
        screen_name: prose::identifier(random),
        name: format!("{}の{}", prose::foreign(random), prose::noun(random)),
        id,
        id_str: id.to_string(),
        indices: indices(random),
    }
}

fn media(random: &mut Random) -> Media {
    let id = 505_874_000_000_000_000 + random.below(1_000_000_000_000);
    let image = format!("pbs.twimg.com/media/{}.jpg", prose::hex(random, 15));
    let link = link(random);
    let size = |w, h, resize: &str| Size { w, h, resize: resize.to_string() };
    Media {
        id,
        id_str: id.to_string(),
        indices: link.indices,
        media_url: format!("http://{image}"),
        media_url_https: format!("https://{image}"),
        url: link.url,
        display_url: link.display_url,
        expanded_url: link.expanded_url,
        kind: "photo".to_string(),
        sizes: Sizes {
            medium: size(600, 450, "fit"),
            small: size(340, 255, "fit"),
            thumb: size(150, 150, "crop"),
            large: size(1024, 768, "fit"),
        },
    }
}

fn user(random: &mut Random) -> User {
    let id = random.between(1_000_000, 2_800_000_000);
    let page = random.chance(35).then(|| link(random));
    let background = format!("abs.twimg.com/images/themes/theme{}/bg.png", random.between(1, 19));
    let portrait = format!("pbs.twimg.com/profile_images/{id}/{}_normal.jpeg", prose::hex(random, 8));
    let is_in_japan = random.chance(40);
    User {
        id,
        id_str: id.to_string(),
        name: format!("{}@{}", prose::foreign(random), prose::noun(random)),
        screen_name: prose::identifier(random),
        location: prose::foreign(random).to_string(),
        description: prose::post(random),
        url: page.as_ref().map(|page| page.url.clone()),
        entities: UserEntities {
            url: page.map(|page| Links { urls: vec![page] }),
            description: Links { urls: Vec::new() },
        },
        protected: false,
        followers_count: random.of_digits(5),
        friends_count: random.of_digits(4),
        listed_count: random.of_digits(3),
        created_at: time(random, 2011),
        favourites_count: random.of_digits(5),
        utc_offset: is_in_japan.then_some(32_400),
        time_zone: is_in_japan.then(|| "Tokyo".to_string()),
        geo_enabled: random.chance(30),
        verified: false,
        statuses_count: random.of_digits(6),
        lang: "ja".to_string(),
        contributors_enabled: false,
        is_translator: false,
        is_translation_enabled: random.chance(5),
        profile_background_color: color(random),
        profile_background_image_url: format!("http://{background}"),
        profile_background_image_url_https: format!("https://{background}"),
        profile_background_tile: random.chance(30),
        profile_image_url: format!("http://{portrait}"),
        profile_image_url_https: format!("https://{portrait}"),
        profile_banner_url: random
            .chance(60)
            .then(|| format!("https://pbs.twimg.com/profile_banners/{id}/1409000000")),
        profile_link_color: color(random),
        profile_sidebar_border_color: color(random),
        profile_sidebar_fill_color: color(random),
        profile_text_color: color(random),
        profile_use_background_image: true,
        default_profile: random.chance(60),
        default_profile_image: random.chance(5),
        following: false,
        follow_request_sent: false,
        notifications: false,
    }
}

fn color(random: &mut Random) -> String {
    prose::hex(random, 6).to_uppercase()
}
