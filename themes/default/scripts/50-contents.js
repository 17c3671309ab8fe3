// Marks in the table of contents where the reader is.
(function () {
  const links = [...document.querySelectorAll(".toc a")];
  if (!links.length || !("IntersectionObserver" in window)) return;
  const heading = (link) => document.getElementById(decodeURIComponent(link.hash.slice(1)));
  const known = links.filter(heading);

  function here() {
    const top = innerHeight / 3;
    const passed = known.filter((link) => heading(link).getBoundingClientRect().top < top);
    for (const link of links) link.removeAttribute("aria-current");
    const last = passed[passed.length - 1];
    if (last) last.setAttribute("aria-current", "location");
  }

  const observer = new IntersectionObserver(here, { rootMargin: "0px 0px -66% 0px" });
  for (const link of known) observer.observe(heading(link));
})();
