/** The browser's part of the control page: presses buttons, sends forms and shows the panel anew. */
export const PAGE_SCRIPT = `
const panel = document.getElementById('panel');
const said = document.getElementById('said');
async function show() {
  const opened = new Map([...panel.querySelectorAll('details')].map((details) => [details.dataset.keep, details.open]));
  const typed = new Map([...panel.querySelectorAll('[data-keep]')].map((field) => [field.dataset.keep, field.value]));
  const focused = document.activeElement?.closest('button[data-path]')?.dataset;
  panel.innerHTML = await (await fetch('/panel')).text();
  for (const details of panel.querySelectorAll('details')) {
    if (opened.has(details.dataset.keep)) details.open = opened.get(details.dataset.keep);
  }
  for (const field of panel.querySelectorAll('input[data-keep], select[data-keep]')) {
    if (typed.get(field.dataset.keep)) field.value = typed.get(field.dataset.keep);
  }
  if (!focused) return;
  const again = [...panel.querySelectorAll('button[data-path]')];
  again.find(({ dataset }) => dataset.path === focused.path && dataset.body === focused.body)?.focus();
}
async function call(label, method, path, body) {
  const headers = body ? { 'content-type': 'application/json' } : {};
  const answer = await fetch(path, { method, body, headers });
  said.textContent = label + ': ' + (answer.ok ? 'done' : 'refused (' + answer.status + ')');
  await show();
}
document.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-path]');
  if (!button) return;
  const { method, path, body } = button.dataset;
  void call(button.textContent, method, path, body);
});
document.addEventListener('submit', (event) => {
  const form = event.target.closest('form[data-path]');
  if (!form) return;
  event.preventDefault();
  const body = {};
  for (const field of form.querySelectorAll('[name]')) {
    if (field.value === '' && (field.type === 'number' || !('empty' in field.dataset))) continue;
    if ('list' in field.dataset) body[field.name] = field.value.split(',').map((entry) => entry.trim());
    else body[field.name] = field.type === 'number' ? Number(field.value) : field.value;
  }
  void call(form.textContent.trim().split(' ')[0], form.dataset.method, form.dataset.path, JSON.stringify(body));
});
const isTyping = () => document.activeElement?.closest('#panel form') !== null;
show();
setInterval(() => { if (document.visibilityState === 'visible' && !isTyping()) show(); }, 3000);
`;
