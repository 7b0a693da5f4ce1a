from __future__ import annotations

from django.urls import path

from earnest.messaging import views

app_name = "messaging"
urlpatterns = [
    path("initiatives/<int:initiative_pk>/messages/", views.outbox, name="outbox"),
    path("messages/<int:pk>/", views.message, name="message"),
    path("messages/<int:pk>/withdrawn/", views.withdrawn, name="withdrawn"),
    path("messages/<int:pk>/by-hand/", views.by_hand, name="by_hand"),
    path("messages/<int:pk>/file/", views.file, name="file"),
    path("messages/<int:pk>/arrived/", views.arrived, name="arrived"),
    path("messages/<int:pk>/not-arrived/", views.not_arrived, name="not_arrived"),
    path("messages/<int:pk>/address-works/", views.address_works, name="address_works"),
    path("p/<str:secret>/stop/", views.stop, name="stop"),
]
