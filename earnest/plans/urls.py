from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from earnest.plans.views import (
    case,
    chain,
    connect,
    inputs,
    measures,
    more_time,
    needs,
    parts,
    replies,
    rounds,
    stepped,
    stories,
    threads,
    versions,
)

app_name = "plans"
the_plan: list[URLPattern | URLResolver] = [
    path("initiatives/<int:initiative_pk>/plan/", parts.plan, name="plan"),
    path("initiatives/<int:initiative_pk>/plan/glance/", parts.glance, name="glance"),
    path("initiatives/<int:initiative_pk>/plan/publish/", versions.publish, name="publish"),
    path("initiatives/<int:initiative_pk>/plan/versions/", versions.versions, name="versions"),
    path(
        "initiatives/<int:initiative_pk>/plan/versions/<int:number>/",
        versions.version,
        name="version",
    ),
    path("initiatives/<int:initiative_pk>/more-time/", more_time.more_time, name="more_time"),
    path("initiatives/<int:initiative_pk>/parts/new/", parts.new_part, name="new_part"),
    path("parts/<int:pk>/", parts.part, name="part"),
    path("parts/<int:pk>/earlier/", parts.part_moved, {"to": "earlier"}, name="part_earlier"),
    path("parts/<int:pk>/later/", parts.part_moved, {"to": "later"}, name="part_later"),
    path("parts/<int:pk>/dropped/", parts.part_dropped, name="part_dropped"),
    path("step-backs/<int:pk>/changed/", stepped.after_step_back, name="after_step_back"),
    path("after-step-backs/<int:pk>/out/", stepped.not_changed, name="not_changed"),
    path("parts/<int:pk>/back/", parts.part_back, name="part_back"),
]
told_to_others: list[URLPattern | URLResolver] = [
    path("stories/", stories.all_stories, name="all_stories"),
    path("initiatives/<int:initiative_pk>/stories/", stories.stories, name="stories"),
    path("initiatives/<int:initiative_pk>/stories/new/", stories.new_story, name="new_story"),
    path("stories/<int:pk>/", stories.story, name="story"),
    path("stories/<int:pk>/edit/", stories.edit_story, name="edit_story"),
    path("stories/<int:pk>/published/", stories.published, name="story_published"),
    path("stories/<int:pk>/back/", stories.back, name="story_back"),
    path("stories/<int:pk>/removed/", stories.removed, name="story_removed"),
    path("stories/<int:pk>/voices/", stories.voices, name="story_voices"),
    path("stories/voices/<int:pk>/asked/", stories.voice_asked, name="voice_asked"),
    path("stories/voices/<int:pk>/removed/", stories.voice_removed, name="voice_removed"),
]
by_what_one_sees: list[URLPattern | URLResolver] = [
    path("initiatives/<int:initiative_pk>/measures/", measures.measures, name="measures"),
    path("initiatives/<int:initiative_pk>/measures/new/", measures.new_measure, name="new_measure"),
    path("measures/<int:pk>/", measures.measure, name="measure"),
    path("measures/<int:pk>/about/", measures.measure_about, name="measure_about"),
    path("measures/<int:pk>/left/", measures.measure_followed, {"on": False}, name="measure_left"),
    path(
        "measures/<int:pk>/followed/",
        measures.measure_followed,
        {"on": True},
        name="measure_followed",
    ),
    path("measures/<int:pk>/readings/", measures.reading_added, name="reading_added"),
    path("measures/<int:pk>/readings/sheet/", measures.readings_imported, name="readings_imported"),
    path("measures/<int:pk>/readings/file/", measures.readings_file, name="readings_file"),
    path("readings/<int:pk>/corrected/", measures.reading_corrected, name="reading_corrected"),
]
serving: list[URLPattern | URLResolver] = [
    path("people/<int:participation_pk>/serves/new/", chain.new_chain, name="new_chain"),
    path("serves/<int:pk>/", chain.chain, name="chain"),
    path("serves/<int:pk>/change/", chain.change_chain, name="change_chain"),
    path("serves/<int:pk>/told/", chain.told, name="chain_told"),
    path("serves/<int:pk>/said/", chain.said, name="chain_said"),
    path("serves/<int:pk>/read/", chain.answer_read, name="chain_read"),
    path("serves/<int:pk>/dropped/", chain.dropped, name="chain_dropped"),
]
answering: list[URLPattern | URLResolver] = [
    path("initiatives/<int:initiative_pk>/replies/", replies.replies, name="replies"),
    path("initiatives/<int:initiative_pk>/inputs/new/", inputs.noted, name="input_new"),
    path("conversations/<int:pk>/asks/", inputs.of_talk, name="talk_asks"),
    path("quotes/<int:pk>/input/", inputs.from_quote, name="quote_input"),
    path("inputs/<int:pk>/place/", inputs.placed, name="input_placed"),
    path("inputs/<int:pk>/", replies.answer, {"of": "input"}, name="input"),
    path("inputs/<int:pk>/checked/", replies.checked, {"of": "input"}, name="input_checked"),
    path("inputs/<int:pk>/replied/", replies.sent, {"of": "input"}, name="input_replied"),
    path("needs/<int:pk>/reply/", replies.answer, {"of": "need"}, name="need_reply"),
    path("needs/<int:pk>/reply/checked/", replies.checked, {"of": "need"}, name="need_checked"),
    path("needs/<int:pk>/replied/", replies.sent, {"of": "need"}, name="need_replied"),
    path("check-ins/<int:pk>/answer/", rounds.answer, name="round_answer"),
    path("check-ins/<int:pk>/lines/", rounds.lines_taken, name="lines_taken"),
    path("replies/<int:pk>/", threads.reply, name="reply"),
    path("replies/<int:pk>/<int:participation_pk>/said/", threads.said, name="thread_said"),
    path("replies/<int:pk>/<int:participation_pk>/read/", threads.read, name="thread_read"),
]
a_need: list[URLPattern | URLResolver] = [
    path("initiatives/<int:initiative_pk>/needs/", needs.needs, name="needs"),
    path("initiatives/<int:initiative_pk>/needs/gathered/", needs.gathered, name="gathered"),
    path("initiatives/<int:initiative_pk>/needs/merged/", needs.merged, name="merged"),
    path("needs/<int:pk>/", needs.need, name="need"),
    path("needs/<int:pk>/named/", needs.named, name="need_named"),
    path("needs/<int:pk>/split/", needs.split, name="need_split"),
    path("needs/<int:pk>/quotes/<int:quote_pk>/out/", needs.out, name="quote_out"),
    path("needs/<int:pk>/looked-at/", connect.looked_at, name="looked_at"),
    path("initiatives/<int:initiative_pk>/plan/connect/", connect.connect, name="connect"),
    path("parts/<int:pk>/words/", case.words, name="part_words"),
    path("parts/<int:pk>/words/<int:quote_pk>/left/", case.words_left, name="words_left"),
    path("initiatives/<int:initiative_pk>/plan/case/", case.case, name="case"),
    path("initiatives/<int:initiative_pk>/plan/case/text/", case.case_file, name="case_file"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    *the_plan,
    *by_what_one_sees,
    *told_to_others,
    *serving,
    *answering,
    *a_need,
]
