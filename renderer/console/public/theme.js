// Before the first paint, so that a dark room never sees a white flash. ui/theme.ts goes on from here.
(() => {
  let wish = null;
  try {
    wish = localStorage.getItem('fynlo.theme');
  } catch {
    // A browser that keeps nothing follows the computer.
  }
  const dark = wish === 'dark' || (wish !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  const root = document.documentElement;
  root.dataset.theme = dark ? 'dark' : 'light';
  root.dataset.mantineColorScheme = dark ? 'dark' : 'light';
})();
