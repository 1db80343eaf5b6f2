/** The browser's part of the control page: presses buttons and shows the panel anew. */
export const PAGE_SCRIPT = `
const panel = document.getElementById('panel');
const said = document.getElementById('said');
async function show() {
  const open = [...panel.querySelectorAll('details[open]')].map((details) => details.dataset.keep);
  const focused = document.activeElement?.dataset?.path;
  panel.innerHTML = await (await fetch('/panel')).text();
  for (const details of panel.querySelectorAll('details')) details.open = open.includes(details.dataset.keep);
  if (focused) panel.querySelector('[data-path="' + CSS.escape(focused) + '"]')?.focus();
}
document.addEventListener('click', async (event) => {
  const button = event.target.closest('button[data-path]');
  if (!button) return;
  const { method, path, body } = button.dataset;
  const answer = await fetch(path, { method, body, headers: body ? { 'content-type': 'application/json' } : {} });
  said.textContent = button.textContent + ': ' + (answer.ok ? 'done' : 'refused (' + answer.status + ')');
  await show();
});
show();
setInterval(() => { if (document.visibilityState === 'visible') show(); }, 3000);
`;
