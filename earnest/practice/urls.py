from __future__ import annotations

from django.urls import path

from earnest.practice.views import lessons, moment_doors, moments, moments_seen, there, tries

app_name = "practice"
urlpatterns = [
    path("on/<int:initiative_pk>/", lessons.lessons, name="lessons"),
    path("on/<int:initiative_pk>/new/", lessons.new, name="new"),
    path("on/<int:initiative_pk>/days/", lessons.days, name="days"),
    path("lessons/<int:pk>/", lessons.lesson, name="lesson"),
    path("lessons/<int:pk>/mended/", lessons.mend, name="mend"),
    path("lessons/<int:pk>/taken-back/", lessons.take_back, name="take_back"),
    path("lessons/<int:pk>/who-was-there/", there.who_was_there, name="who_was_there"),
    path("lessons/<int:pk>/invited/", there.invite, name="invite"),
    path("lessons/<int:pk>/files/", lessons.file_added, name="file_added"),
    path("on/<int:initiative_pk>/try-outs/", tries.try_outs, name="try_outs"),
    path("on/<int:initiative_pk>/try-outs/whom/", tries.whom, name="whom_it_fits"),
    path("people/<int:participation_pk>/try-out/", tries.offer, name="offer_try_out"),
    path("try-outs/<int:pk>/withdrawn/", tries.withdrawn, name="try_out_withdrawn"),
    path("files/<int:pk>/", lessons.file, name="file"),
    path("files/<int:pk>/removed/", lessons.file_removed, name="file_removed"),
    path("on/<int:initiative_pk>/moments/", moments.moments, name="moments"),
    path("on/<int:initiative_pk>/moments/new/", moments.new, name="new_moment"),
    path("moments/<int:pk>/", moments.moment, name="moment"),
    path("moments/<int:pk>/mended/", moments.mend, name="mend_moment"),
    path("moments/<int:pk>/stopped/", moments.stop, name="stop_moment"),
    path("moments/<int:pk>/noticed/", moments.notice, name="notice_moment"),
    path("came/<int:pk>/", moments_seen.seen, name="seen"),
    path("came/<int:pk>/sent/", moments_seen.nudge, name="nudge"),
    path("came/<int:pk>/spoken/", moments_seen.spoken, name="spoken"),
    path("came/<int:pk>/used/", moments_seen.used, name="used"),
    path("came/<int:pk>/not-so/", moments_seen.not_so, name="not_so"),
    path("on/<int:initiative_pk>/moments/door/", moment_doors.door, name="moment_door"),
    path("on/<int:initiative_pk>/moments/door/secret/", moment_doors.begin, name="begin_door"),
    path("on/<int:initiative_pk>/moments/door/closed/", moment_doors.close, name="close_door"),
    path("on/<int:initiative_pk>/moments/door/opened/", moment_doors.open_again, name="open_door"),
    path("messages/<int:pk>/again/", moment_doors.again, name="came_again"),
    path("moments/by/<slug:address>/", moment_doors.came, name="came"),
]
