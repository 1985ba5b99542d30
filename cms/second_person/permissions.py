"""What an editor may do with a page: all that works here, and less where two people publish."""

from wagtail.models import PagePermissionTester


class ByTwo(PagePermissionTester):
    """As Wagtail's, but nobody publishes alone where a workflow hangs on the tree, and no page is private."""

    def can_publish(self) -> bool:
        """Only by the workflow, where there is one."""
        return bool(super().can_publish()) and (self.user.is_superuser or not self.page.has_workflow)

    def can_set_view_restrictions(self) -> bool:
        """Nobody: a page that is on the site is there for everyone, and stored as such."""
        return False

    def can_publish_subpage(self) -> bool:
        """The same for a page that is not there yet."""
        return bool(super().can_publish_subpage()) and (self.user.is_superuser or not self.page.has_workflow)
