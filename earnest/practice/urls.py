from __future__ import annotations

from django.urls import path

from earnest.practice.views import lessons, there, tries

app_name = "practice"
urlpatterns = [
    path("on/<int:initiative_pk>/", lessons.lessons, name="lessons"),
    path("on/<int:initiative_pk>/new/", lessons.new, name="new"),
    path("on/<int:initiative_pk>/days/", lessons.days, name="days"),
    path("lessons/<int:pk>/", lessons.lesson, name="lesson"),
    path("lessons/<int:pk>/mended/", lessons.mend, name="mend"),
    path("lessons/<int:pk>/taken-back/", lessons.take_back, name="take_back"),
    path("lessons/<int:pk>/who-was-there/", there.who_was_there, name="who_was_there"),
    path("lessons/<int:pk>/files/", lessons.file_added, name="file_added"),
    path("on/<int:initiative_pk>/try-outs/", tries.try_outs, name="try_outs"),
    path("people/<int:participation_pk>/try-out/", tries.offer, name="offer_try_out"),
    path("try-outs/<int:pk>/withdrawn/", tries.withdrawn, name="try_out_withdrawn"),
    path("files/<int:pk>/", lessons.file, name="file"),
    path("files/<int:pk>/removed/", lessons.file_removed, name="file_removed"),
]
