"""Every address of Lantern.  None carries a name: references and ids alone."""

from django.urls import include, path

from lantern.pages.briefing.view import briefing
from lantern.pages.child.view import child
from lantern.pages.correct_event.view import correct_event
from lantern.pages.duty.view import accept, duty, set_aside
from lantern.pages.episode.view import episode
from lantern.pages.find.view import find, report
from lantern.pages.intake.view import no_report, quarantine, quarantined
from lantern.pages.missing_now.view import missing_now
from lantern.pages.my_duties.view import agency_duties, my_duties
from lantern.pages.parts.view import answer_part, parts, receipt
from lantern.pages.protocol.view import protocol, protocol_file
from lantern.pages.protocols.view import protocols
from lantern.pages.record_event.view import record_event
from lantern.pages.report.view import report_known, report_new
from lantern.pages.ssda903.view import ssda903, ssda903_file
from lantern.pages.update_facts.view import update_facts
from lantern.pages.who_has_seen.view import who_has_seen
from lantern.pages.why.view import why

urlpatterns = [
    path("", missing_now, name="missing_now"),
    path("duties/", my_duties, name="my_duties"),
    path("duties/agency/", agency_duties, name="agency_duties"),
    path("duties/<uuid:duty_id>/", duty, name="duty"),
    path("duties/<uuid:duty_id>/accept/", accept, name="accept_duty"),
    path("duties/<uuid:duty_id>/set-aside/", set_aside, name="set_aside_duty"),
    path("report/", report, name="report"),
    path("report/new/", report_new, name="report_new"),
    path("report/received/<slug:agency>/", receipt, name="report_received"),
    path("report/<str:ref>/", report_known, name="report_known"),
    path("find/", find, name="find"),
    path("children/<str:ref>/", child, name="child"),
    path("children/<str:ref>/facts/", update_facts, name="update_facts"),
    path("children/<str:ref>/why/", why, name="why"),
    path("children/<str:ref>/parts/", parts, name="parts"),
    path("children/<str:ref>/parts/<uuid:request_id>/", answer_part, name="answer_part"),
    path("who-has-seen/<str:ref>/", who_has_seen, name="who_has_seen"),
    path("episodes/<str:ref>/", episode, name="episode"),
    path("episodes/<str:ref>/briefing/", briefing, name="briefing"),
    path("episodes/<str:ref>/record/<slug:event>/", record_event, name="record_event"),
    path("episodes/<str:ref>/correct/<uuid:event>/", correct_event, name="correct_event"),
    path("intake/", quarantine, name="quarantine"),
    path("intake/<uuid:message_id>/", quarantined, name="quarantined"),
    path("intake/<uuid:message_id>/no-report/", no_report, name="no_report"),
    path("protocols/", protocols, name="protocols"),
    path("protocols/<slug:name>/<str:edition>/", protocol, name="protocol"),
    path("protocols/<slug:name>/<str:edition>/file/<slug:ending>/", protocol_file, name="protocol_file"),
    path("reports/ssda903/", ssda903, name="ssda903"),
    path("reports/ssda903/file/", ssda903_file, name="ssda903_file"),
    path("", include("lantern.access.sign_in.urls")),
]
