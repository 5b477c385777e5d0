/** Makes a list of tabs work: a click or an arrow key shows a panel, `chosen(name)` hears of it. Returns what shows one by name. */
export function openTabs(list, chosen) {
  const tabs = [...list.querySelectorAll('[role=tab]')];

  function show(tab, focus = false) {
    for (const each of tabs) {
      const isShown = each === tab;
      each.setAttribute('aria-selected', String(isShown));
      each.tabIndex = isShown ? 0 : -1;
      document.getElementById(each.getAttribute('aria-controls')).hidden = !isShown;
    }
    if (focus) tab.focus();
    chosen(tab.dataset.network);
  }

  list.addEventListener('click', (event) => {
    const tab = event.target.closest('[role=tab]');
    if (tab) show(tab);
  });
  list.addEventListener('keydown', (event) => {
    const at = tabs.indexOf(document.activeElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    show(tabs[(to + tabs.length) % tabs.length], true);
  });
  return (name) => show(tabs.find((tab) => tab.dataset.network === name) ?? tabs[0]);
}
