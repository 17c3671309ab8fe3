// Runs before anything is shown: marks that scripts run, and sets the colours that the reader chose.
(function () {
  var root = document.documentElement;
  root.classList.add("scripted");
  try {
    var theme = localStorage.getItem("handbook:theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  } catch (refused) { /* No storage: the system's colours. */ }
})();
