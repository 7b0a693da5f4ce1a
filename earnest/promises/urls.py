from __future__ import annotations

from django.urls import path

from earnest.promises.views import again
from earnest.promises.views import promised as views

app_name = "promises"
urlpatterns = [
    path("on/<int:initiative_pk>/", views.promises, name="promises"),
    path("with/<int:participation_pk>/new/", views.new, name="new"),
    path("<int:pk>/", views.promise, name="promise"),
    path("<int:pk>/kept/", views.keep, name="keep"),
    path("<int:pk>/missed/", views.miss, name="miss"),
    path("<int:pk>/released/", views.release, name="release"),
    path("<int:pk>/moved/", views.move, name="move"),
    path("<int:pk>/told/", views.tell, name="tell"),
    path("<int:pk>/taken-back/", views.take_back, name="take_back"),
    path("again/<int:pk>/noted/", again.noted, name="again_noted"),
]
