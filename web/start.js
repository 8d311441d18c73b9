// Fills in what only the running system knows. Without it the page still says everything that is fixed.

const span = (text, lang) => {
  const element = document.createElement('span');
  element.textContent = text;
  if (lang) element.lang = lang;
  return element;
};

async function showHealth() {
  const line = document.getElementById('health');
  let ready = false;
  try {
    ready = (await fetch('/health/ready', { cache: 'no-store' })).ok;
  } catch {
    // Not reachable: said below.
  }
  line.dataset.state = ready ? 'ok' : 'down';
  line.replaceChildren(
    span(ready ? '系统运行正常。' : '系统暂时不可用，请稍后刷新。'),
    ' ',
    span(ready ? 'The system is up.' : 'The system is not available; reload later.', 'en'),
  );
}

async function showLogins() {
  const answer = await fetch('/api/v1/demo/logins', { cache: 'no-store' });
  // 404: no demo district here.
  if (!answer.ok) return;
  const rows = (await answer.json()).map(({ login, password, role }) => {
    // The roles are said because the phone's layout takes the browser's own ones away.
    const row = document.createElement('tr');
    row.role = 'row';
    const head = document.createElement('th');
    head.scope = 'row';
    head.role = 'rowheader';
    head.append(span(role.zh), ' ', span(role.en, 'en'));
    row.append(head);
    for (const text of [login, password]) {
      const code = document.createElement('code');
      code.textContent = text;
      const cell = document.createElement('td');
      cell.role = 'cell';
      cell.append(code);
      row.append(cell);
    }
    return row;
  });
  document.getElementById('logins').replaceChildren(...rows);
  document.getElementById('demo').hidden = rows.length === 0;
}

await Promise.allSettled([showHealth(), showLogins()]);
