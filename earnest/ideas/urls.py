from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from earnest.ideas.views import files, groups, ideas, playbook, spaces, topics, votes

app_name = "ideas"
spaces_and_ideas: list[URLPattern | URLResolver] = [
    path("initiatives/<int:initiative_pk>/spaces/", spaces.spaces, name="spaces"),
    path("initiatives/<int:initiative_pk>/spaces/new/", spaces.new_space, name="new_space"),
    path("spaces/<int:pk>/", spaces.space, name="space"),
    path("spaces/<int:pk>/invite/", spaces.invite, name="invite"),
    path("spaces/<int:pk>/closed/", spaces.closed, name="space_closed"),
    path("spaces/<int:pk>/opened/", spaces.opened, name="space_opened"),
    path("spaces/<int:pk>/ideas/given/", ideas.given, name="idea_given"),
    path("spaces/<int:pk>/ideas/", ideas.read, name="read"),
    path("ideas/<int:pk>/", ideas.idea, name="idea"),
    path("ideas/<int:pk>/built/", ideas.built, name="idea_built"),
    path("ideas/<int:pk>/merged/", ideas.merged, name="merged"),
    path("merges/<int:pk>/parted/", ideas.parted, name="parted"),
]
votes_and_map: list[URLPattern | URLResolver] = [
    path("initiatives/<int:initiative_pk>/spaces/brought-in/", files.brought, name="brought_in"),
    path("spaces/<int:pk>/statements/", votes.statements, name="statements"),
    path("spaces/<int:pk>/statements/put-in/", votes.put_in, name="statements_put_in"),
    path("spaces/<int:pk>/map/", votes.opinion_map, name="map"),
    path("spaces/<int:pk>/map/files/", files.map_files, name="map_files"),
    path("spaces/<int:pk>/map/outcome/", votes.outcome, name="outcome_said"),
    path("statements/<int:pk>/shown/", votes.shown, name="statement_shown"),
    path("statements/<int:pk>/hidden/", votes.hidden, name="statement_hidden"),
    path("ideas/<int:pk>/to-vote/", votes.to_vote, name="idea_to_vote"),
]
open_questions: list[URLPattern | URLResolver] = [
    path("initiatives/<int:initiative_pk>/topics/", topics.topics, name="topics"),
    path("initiatives/<int:initiative_pk>/topics/new/", topics.new_topic, name="new_topic"),
    path("topics/<int:pk>/", topics.topic, name="topic"),
    path("topics/<int:pk>/asked/", topics.asked, name="topic_asked"),
    path("topics/<int:pk>/closed/", topics.closed, name="topic_closed"),
    path("topics/<int:pk>/opened/", topics.opened, name="topic_opened"),
    path("topics/<int:pk>/replied/", topics.replied, name="topic_replied"),
    path("topics/<int:pk>/alone/", groups.alone, name="alone"),
    path("groups/<int:pk>/", groups.group, name="group"),
    path("groups/<int:pk>/named/", groups.named, name="group_named"),
    path("groups/<int:pk>/joined/", groups.joined, name="group_joined"),
    path("groups/<int:pk>/split/", groups.split, name="group_split"),
    path("answers/<int:pk>/placed/", groups.placed, name="answer_placed"),
]
among_members: list[URLPattern | URLResolver] = [
    path("playbook/", playbook.playbook, name="playbook"),
    path("playbook/new/", playbook.new_member_topic, name="new_member_topic"),
    path("playbook/<int:pk>/", playbook.member_topic, name="member_topic"),
    path("playbook/<int:pk>/closed/", playbook.closed, name="member_topic_closed"),
    path("playbook/<int:pk>/opened/", playbook.opened, name="member_topic_opened"),
    path("playbook/<int:pk>/tip/", playbook.tip_named, name="member_tip"),
    path("playbook/<int:pk>/tip/removed/", playbook.tip_taken_back, name="member_tip_back"),
    path("playbook/<int:pk>/replied/", playbook.replied, name="member_replied"),
    path(
        "playbook/<int:pk>/replies/<int:reply_pk>/removed/",
        playbook.reply_taken_back,
        name="member_reply_back",
    ),
    path("playbook/<int:pk>/follow/<slug:state>/", playbook.followed, name="member_followed"),
    path(
        "playbook/<int:pk>/tips/<int:tip_pk>/<slug:state>/",
        playbook.helped,
        name="member_helped",
    ),
]
urlpatterns = [*spaces_and_ideas, *votes_and_map, *open_questions, *among_members]
