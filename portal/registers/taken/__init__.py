"""What a resident must do (externe taken): of Objecten with the community's taak, or of Open VTB.

Which of the two a connection is, its parameter `back_end` says; both give the same records. We write one
thing: that a form was filled in. Whose a task is, we compare ourselves; no register's filter is trusted.
"""
