from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from earnest.initiatives.actions import Wish
from earnest.pages.views import (
    again,
    asked,
    care,
    carrying,
    checking,
    everything,
    example,
    exporting,
    imports,
    looking,
    mending,
    mine,
    mirror,
    notes,
    overview,
    own_inputs,
    own_plan,
    own_words,
    person,
    search,
    serving,
    sponsor,
    today,
    voices,
)

app_name = "pages"

wishes = [
    path(f"wants/{wish}/", mine.wish, {"wish": wish}, name=wish.name.lower()) for wish in Wish
] + [
    path(
        f"wants/{wish}/undone/",
        mine.wish_undone,
        {"wish": wish},
        name=f"{wish.name.lower()}_undone",
    )
    for wish in Wish
]
what_was_asked = [
    path("", asked.asked, name="mine_asked"),
    path("time/<int:time_pk>/", asked.time, name="mine_time"),
    path("another-time/", asked.another_time, name="mine_another_time"),
    path("written/", asked.written, name="mine_written"),
    path("someone-else/", asked.someone_else, name="mine_someone_else"),
    path("no/", asked.no, name="mine_no"),
    path("cancelled/", asked.cancelled, name="mine_cancelled"),
    path("calendar/", asked.calendar, name="mine_calendar"),
]
check_in = [
    path("", checking.check_in, name="mine_check_in"),
    path("answered/", checking.answered, name="mine_check_in_answered"),
    path("withdrawn/", checking.withdrawn, name="mine_check_in_withdrawn"),
]
own_page: list[URLPattern | URLResolver] = [
    path("", mine.mine, name="mine"),
    path("asked/<int:invitation_pk>/", include(what_was_asked)),
    path("check-in/<int:round_pk>/", include(check_in)),
    path("promises/<int:promise_pk>/kept/", mine.kept, name="mine_kept"),
    path("promises/<int:promise_pk>/moved/", mine.moved, name="mine_moved"),
    path("promises/<int:promise_pk>/released/", mine.released, name="mine_released"),
    path("promises/<int:promise_pk>/confirmed/", mine.confirmed, name="mine_confirmed"),
    path("promises/<int:promise_pk>/not-said/", mine.not_said, name="mine_not_said"),
    path("own-work/", mine.own_work, name="mine_own_work"),
    path("away/", mine.away, name="mine_away"),
    path("away/<int:away_pk>/removed/", mine.away_removed, name="mine_away_removed"),
    path("heard/<int:recap_pk>/", own_words.heard, name="heard"),
    path("heard/<int:recap_pk>/right/", own_words.right, name="heard_right"),
    path("heard/<int:recap_pk>/corrected/", own_words.corrected, name="heard_corrected"),
    path("quotes/<int:quote_pk>/meant/", own_words.meant, name="quote_meant"),
    path("quotes/<int:quote_pk>/struck/", own_words.struck, name="quote_struck"),
    path("quotes/<int:quote_pk>/passed-on/", own_words.passed_on, name="quote_passed_on"),
    path("inputs/<int:input_pk>/meant/", own_inputs.meant, name="input_meant"),
    path("inputs/<int:input_pk>/struck/", own_inputs.struck, name="input_struck"),
    path("inputs/<int:input_pk>/passed-on/", own_inputs.passed_on, name="input_passed_on"),
    path("replies/<int:reply_pk>/", own_inputs.reply, name="mine_reply"),
    path("replies/<int:reply_pk>/said/", own_inputs.said, name="mine_reply_said"),
    path("serves/<int:chain_pk>/", serving.serves, name="serves"),
    path("serves/<int:chain_pk>/mine/", serving.mine_too, name="serves_mine"),
    path("serves/<int:chain_pk>/not-mine/", serving.not_mine, name="serves_not_mine"),
    path("serves/<int:chain_pk>/corrected/", serving.corrected, name="serves_corrected"),
    path("serves/<int:chain_pk>/answered/", serving.answered, name="serves_answered"),
    path("again/<int:again_pk>/", again.again, name="mine_again"),
    path("again/<int:again_pk>/answered/", again.answered, name="mine_again_answered"),
    path("stories/<int:voice_pk>/", voices.voice, name="mine_voice"),
    path("stories/<int:voice_pk>/<str:state>/", voices.answered, name="mine_voice_answered"),
    path("needs/<int:named_pk>/carry/", carrying.carry, name="carry"),
    path("needs/<int:named_pk>/not-carried/", carrying.not_carried, name="not_carried"),
    path("say/", own_words.say, name="say"),
    path("plan/", own_plan.plan, name="mine_plan"),
    path("plan-news/", own_plan.news, name="mine_plan_news"),
    path("plan-news/stopped/", own_plan.news_stopped, name="mine_plan_news_stopped"),
    path("plan-news/wanted/", own_plan.news_wanted, name="mine_plan_news_wanted"),
    *wishes,
    path("everything/", everything.everything, name="everything"),
    path("everything/code/", everything.code_asked, name="code_asked"),
    path("everything/code/entered/", everything.code_entered, name="code_entered"),
    path("everything/download/", everything.download, name="download"),
    path("erase/", everything.erase, name="mine_erase"),
]
a_person = [
    path("said-yes/", person.said_yes, name="said_yes"),
    path("said-no/", person.said_no, name="said_no"),
    path("word-back/", person.word_back, name="word_back"),
    path("no-chance/", person.no_chance, name="no_chance"),
    path("a-chance/", person.a_chance, name="a_chance"),
    path("needs/<int:named_pk>/taken-along/", carrying.taken_along, name="taken_along"),
    path("link/", care.link, name="link"),
    path("links/revoked/", care.links_revoked, name="links_revoked"),
    path("told/", care.told, name="told"),
    path("see-as/", care.see_as, name="see_as"),
    path("own-work/", care.own_work, name="own_work"),
    path("away/", care.away, name="away"),
    path("away/<int:away_pk>/removed/", care.away_removed, name="away_removed"),
    path("erase/", care.erase, name="erase"),
]
own_mirror = [
    path("", mirror.mirror, name="mirror"),
    path("lines/<int:pk>/removed/", mirror.line_removed, name="mirror_line_removed"),
    path("leader/", mirror.leader, name="leader_question"),
    path("leader/<int:pk>/", mirror.leader_one, name="leader_question_one"),
    path("leader/<int:pk>/asked/", mirror.leader_asked, name="leader_asked"),
    path("leader/<int:pk>/removed/", mirror.leader_removed, name="leader_removed"),
    path("leader/<int:pk>/calendar/", mirror.leader_calendar, name="leader_calendar"),
]
mirror_of_initiative = [
    path("", mirror.mirror_on, name="mirror_on"),
    path("question/", mirror.question, name="mirror_question"),
    path("question/left/", mirror.question_left, name="mirror_question_left"),
]
urlpatterns = [
    path("", today.today, name="today"),
    path("mirror/", include(own_mirror)),
    path("initiatives/<int:initiative_pk>/mirror/", include(mirror_of_initiative)),
    path("search/", search.search, name="search"),
    path("first/", notes.first, name="first"),
    path("example/", example.example, name="example"),
    path("note/", notes.note_anywhere, name="note_anywhere"),
    path("initiatives/<int:initiative_pk>/export/", exporting.export, name="export"),
    path("initiatives/<int:initiative_pk>/conversations/new/", notes.note, name="note"),
    path("initiatives/<int:initiative_pk>/people/import/", imports.people, name="people_import"),
    path("initiatives/<int:initiative_pk>/overview/", overview.overview, name="overview"),
    path("initiatives/<int:initiative_pk>/overview/pdf/", overview.pdf, name="overview_pdf"),
    path(
        "initiatives/<int:initiative_pk>/overview/picture/",
        overview.picture,
        name="overview_picture",
    ),
    path("initiatives/<int:initiative_pk>/sponsor/", sponsor.sponsor, name="sponsor"),
    path(
        "initiatives/<int:initiative_pk>/sponsor.pdf", sponsor.sponsor_paper, name="sponsor_paper"
    ),
    path("conversations/<int:pk>/found/", notes.found, name="found"),
    path("conversations/<int:pk>/look-back/", looking.look_back, name="look_back"),
    path("words/promise/<int:pk>/", mending.promise, name="mend_promise"),
    path("words/need/<int:pk>/", mending.need, name="mend_need"),
    path("words/referral/<int:pk>/", mending.referral, name="mend_referral"),
    path("conversations/<int:pk>/look-back/done/", looking.done, name="looked_back"),
    path("conversations/<int:pk>/told/<int:participation_pk>/", looking.tell, name="tell"),
    path(
        "conversations/<int:pk>/told/<int:participation_pk>/by-hand/",
        looking.by_hand,
        name="tell_by_hand",
    ),
    path("initiatives/<int:initiative_pk>/people/<int:pk>/", person.person, name="person"),
    path("initiatives/<int:initiative_pk>/people/<int:pk>/off/", care.off, name="off"),
    path("people/<int:pk>/", include(a_person)),
    path("p/<str:secret>/", mine.open_link, name="open_link"),
    path("p/<str:secret>/<path:to>/", mine.open_link, name="open_link_to"),
    path("mine/<int:pk>/", include(own_page)),
]
