// The button for colours goes round: the system's, light, dark.
(function () {
  const button = document.querySelector(".theme-switch");
  if (!button) return;
  const root = document.documentElement;
  const order = ["system", "light", "dark"];

  function show() {
    const state = root.dataset.theme || "system";
    button.querySelector(".theme-state").textContent = button.dataset[state];
    button.dataset.state = state;
  }

  button.addEventListener("click", () => {
    const next = order[(order.indexOf(root.dataset.theme || "system") + 1) % order.length];
    if (next === "system") delete root.dataset.theme;
    else root.dataset.theme = next;
    try {
      localStorage.setItem("handbook:theme", next);
    } catch (refused) { /* Then it lasts for this page. */ }
    show();
  });
  show();
})();
