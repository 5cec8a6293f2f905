from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _


class PortalAdminSite(AdminSite):
    site_title = site_header = _("Bukhar-Zhyrau portal: press office")
    index_title = _("Desk")
    site_url = "/"
