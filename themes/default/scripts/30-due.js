// Says of a day by which something is due that it is past. The page cannot know: it was made on another day.
(function () {
  const now = new Date();
  const today = new Date(now.getTime() - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
  for (const day of document.querySelectorAll("time[data-due]")) {
    if (day.dateTime >= today) continue;
    const late = document.createElement("span");
    late.className = "late";
    late.textContent = day.dataset.due;
    day.after(" ", late);
  }
})();
