"""How every form looks: label, field, and the reason beside it when something is wrong."""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting


class Fields(TemplatesSetting):
    """Renders forms and fields with the templates of this context."""

    form_template_name = "core/form.html"
    field_template_name = "core/field.html"
