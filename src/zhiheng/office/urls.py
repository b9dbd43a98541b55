"""Which page answers which address?"""

from __future__ import annotations

from django.urls import path

from zhiheng.office.desk.views import (
    audits,
    faults,
    grants,
    people,
    plan_exchange,
    plan_review,
    plan_versions,
    plans,
    sessions,
    start,
    units,
)

urlpatterns = [
    path("", start.start, name="start"),
    path("login", sessions.sign_in, name="login"),
    path("logout", sessions.sign_out, name="logout"),
    path("password", sessions.password, name="password"),
    path("plans", plans.index, name="plans"),
    path("plans/hand-in", plans.hand_in, name="plan_hand_in"),
    path("plans/drafts/<uuid:key>", plan_review.review, name="plan_draft"),
    path("plans/drafts/<uuid:key>/edit", plan_review.edit, name="plan_edit"),
    path("plans/drafts/<uuid:key>/change", plan_review.change, name="plan_change"),
    path("plans/drafts/<uuid:key>/undo", plan_review.undo, name="plan_undo"),
    path("plans/drafts/<uuid:key>/redo", plan_review.undo, {"again": True}, name="plan_redo"),
    path("plans/drafts/<uuid:key>/approve", plan_review.approve, name="plan_approve"),
    path("plans/drafts/<uuid:key>/form", plan_exchange.form, name="plan_form"),
    path("plans/drafts/<uuid:key>/form/read", plan_exchange.form_read, name="plan_form_read"),
    path("plans/drafts/<uuid:key>/form/take", plan_exchange.form_taken, name="plan_form_take"),
    path("plans/drafts/<uuid:key>/labels", plan_exchange.labels, name="plan_labels"),
    path("plans/versions/<uuid:key>", plan_versions.version, name="plan_version"),
    path("plans/versions/<uuid:key>/differences/<uuid:old>", plan_versions.changes, name="plan_changes"),
    path("plans/versions/<uuid:key>/targets/<str:id>", plan_versions.target, name="plan_target"),
    path("plans/drafts/<uuid:key>/progress", plans.progress, name="plan_progress"),
    path("plans/drafts/<uuid:key>/again", plans.again, name="plan_again"),
    path("plans/drafts/<uuid:key>/original", plans.original, name="plan_original"),
    path("units", units.index, name="units"),
    path("units/new", units.new, name="unit_new"),
    path("units/<uuid:key>", units.one, name="unit"),
    path("people", people.index, name="people"),
    path("people/new", people.new, name="person_new"),
    path("people/<uuid:key>", people.one, name="person"),
    path("people/<uuid:key>/on", people.switch, {"active": True}, name="person_on"),
    path("people/<uuid:key>/off", people.switch, {"active": False}, name="person_off"),
    path("people/<uuid:key>/reset", people.reset, name="person_reset"),
    path("people/<uuid:key>/post", people.add_post, name="person_post"),
    path("grants", grants.index, name="grants"),
    path("grants/new", grants.new, name="grant_new"),
    path("grants/matrix", grants.matrix, name="grant_matrix"),
    path("grants/matrix.xlsx", grants.matrix_workbook, name="grant_matrix_workbook"),
    path("grants/why", grants.why, name="grant_why"),
    path("grants/<uuid:key>", grants.one, name="grant"),
    path("audit", audits.index, name="audit"),
    path("healthz", sessions.health, name="health"),
]
handler403, handler404, handler500 = faults.forbidden, faults.not_found, faults.broken
