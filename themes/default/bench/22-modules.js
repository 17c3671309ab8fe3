// Loads context modules. Each is a small script that calls `handbook.module`: a page cannot fetch a file from a
// folder, but it can load a script from one.
(function () {
  const handbook = (window.handbook = window.handbook || {});
  const asked = {};

  // What each module loads: pairs of an id and a text, in order.
  handbook.modules = {};
  handbook.module = function (id, parts) { handbook.modules[id] = parts; };

  // Keeps a promise when the module is there. `root` leads from the page to the root of the site.
  handbook.load = function (root, id, version) {
    if (handbook.modules[id]) return Promise.resolve();
    asked[id] = asked[id] || new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = root + "assets/" + id.split("/").map(encodeURIComponent).join("/") + ".js?v=" + version;
      script.onload = () => (handbook.modules[id] ? resolve() : reject(new Error(id)));
      script.onerror = () => { delete asked[id]; script.remove(); reject(new Error(id)); };
      document.head.append(script);
    });
    return asked[id];
  };
})();
