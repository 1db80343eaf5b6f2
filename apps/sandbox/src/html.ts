const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}

const STYLE = `
:root{color-scheme:light dark;--ink:#1c2330;--dim:#5d6879;--line:#d9dee7;--card:#fff;--back:#f2f4f8;--blue:#0b63ce;--good:#1a7f4b;--bad:#c4314b}
@media (prefers-color-scheme:dark){:root{--ink:#e8ecf3;--dim:#9aa6b8;--line:#333c4b;--card:#1d232d;--back:#12161d;--blue:#4d9bff;--good:#5fcf95;--bad:#ff8a9b}}
*{box-sizing:border-box}body{margin:0;background:var(--back);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
main{max-width:30rem;margin:2.5rem auto;padding:0 1rem}main.wide{max-width:72rem;margin-top:1.5rem}
.card>h2:first-child{margin-top:0}.card{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:1.25rem 1.5rem;margin-bottom:1rem}
h1{font-size:1.35rem;margin:0 0 .25rem}h2{font-size:1.05rem;margin:1rem 0 .4rem}p{margin:.3rem 0}.dim{color:var(--dim);font-size:.88rem}
button,.button{font:inherit;border:1px solid var(--line);border-radius:8px;background:var(--card);color:var(--ink);padding:.45rem .9rem;cursor:pointer;text-decoration:none}
button:hover{border-color:var(--blue)}button:focus-visible{outline:2px solid var(--blue)}button.primary{background:var(--blue);border-color:var(--blue);color:#fff;font-weight:600}
button.small{padding:.15rem .55rem;font-size:.82rem;margin:.1rem}button.block{display:block;width:100%;text-align:left;margin:.4rem 0;padding:.7rem 1rem}
label{display:block;padding:.2rem 0}table{border-collapse:collapse;width:100%;font-size:.86rem}th,td{text-align:left;padding:.25rem .5rem;border-bottom:1px solid var(--line);vertical-align:top}
.actions{display:flex;gap:.75rem;margin-top:1rem}.actions>*{flex:1}.reversed{flex-direction:row-reverse}.people{display:flex;flex-wrap:wrap;gap:.35rem;margin:.5rem 0}.chosen{border-color:var(--blue);color:var(--blue);font-weight:600}
.row{display:flex;flex-wrap:wrap;gap:.5rem;align-items:end;margin:.3rem 0}.row label{font-size:.82rem}.row input,.row select{font:inherit;display:block;max-width:14rem}details>summary{cursor:pointer;padding:.35rem 0}
.scroll{overflow-x:auto}code{font-size:.85em}.bad{color:var(--bad)}.good{color:var(--good)}`;

export interface HtmlPage {
  title: string;
  body: string;
  wide?: boolean;
}

export function htmlPage(page: HtmlPage): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<link rel="icon" href="data:,"><title>${escapeHtml(page.title)}</title><style>${STYLE}</style></head>
<body><main${page.wide === true ? ' class="wide"' : ''}>${page.body}</main></body></html>`;
}
