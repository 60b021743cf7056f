/** The one stylesheet. Colours by the reader's own setting; every pair of them has a contrast of at least 4.5 to 1. */
export const style = `
:root { color-scheme: light dark; --paper: #ffffff; --ink: #1b1f24; --soft: #57606a; --line: #d0d7de; --box: #f6f8fa; --link: #0550ae; --go: #1a7f37; --on: #ffffff; --bad: #b3261e; --warn: #8a4b00; }
@media (prefers-color-scheme: dark) { :root { --paper: #0d1117; --ink: #e6edf3; --soft: #9da7b3; --line: #3d444d; --box: #161b22; --link: #79b8ff; --go: #3fb950; --on: #0d1117; --bad: #ff8f87; --warn: #e3a34f; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
a { color: var(--link); }
a:focus-visible, button:focus-visible, input:focus-visible, select:focus-visible, summary:focus-visible, .scroll:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: -999px; } .skip:focus { left: 8px; top: 8px; background: var(--paper); padding: 8px; }
header { display: flex; flex-wrap: wrap; gap: 8px 16px; justify-content: space-between; align-items: center; padding: 8px 16px; border-bottom: 1px solid var(--line); }
header a { text-decoration: none; color: var(--ink); } .stage { color: var(--soft); } .who { display: flex; gap: 8px; align-items: center; margin: 0; }
main { max-width: 64rem; margin: 0 auto; padding: 16px; }
h1 { font-size: 1.4rem; margin: .5rem 0; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
p { margin: .5rem 0; } .soft { color: var(--soft); } .bad { color: var(--bad); font-weight: 600; } .warn { color: var(--warn); font-weight: 600; } .good { color: var(--go); font-weight: 600; }
.state { border-left: 6px solid var(--line); padding: 4px 12px; background: var(--box); } .state.bad { border-color: var(--bad); } .state.warn { border-color: var(--warn); } .state.good { border-color: var(--go); }
.state p { color: var(--ink); font-weight: 400; }
ul.list { list-style: none; padding: 0; } ul.list > li { border-bottom: 1px solid var(--line); padding: 12px 0; } ul.list a { font-weight: 600; }
ol.time { padding-left: 1.2rem; } ol.time li { margin: .4rem 0; }
form.act, form.find { border: 1px solid var(--line); background: var(--box); border-radius: 6px; padding: 12px; margin: 12px 0; display: grid; gap: 8px; }
form.find { grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); align-items: end; }
label { display: grid; gap: 2px; } label.tick { display: flex; gap: 8px; align-items: flex-start; } label.tick input { width: auto; min-width: 24px; height: 24px; margin: 0; }
input, select, button, .button { font: inherit; min-height: 44px; padding: 8px 12px; border-radius: 6px; border: 1px solid var(--soft); background: var(--paper); color: var(--ink); max-width: 100%; width: 100%; }
button, .button { width: auto; cursor: pointer; display: inline-block; text-decoration: none; } button.go { background: var(--go); border-color: var(--go); color: var(--on); font-weight: 600; } button.no { border-color: var(--bad); color: var(--bad); font-weight: 600; }
.two { display: grid; gap: 0 16px; grid-template-columns: repeat(auto-fit, minmax(17rem, 1fr)); }
pre, .mono { font: 13px/1.5 ui-monospace, monospace; white-space: pre-wrap; } pre { background: var(--box); border: 1px solid var(--line); border-radius: 6px; padding: 8px; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 12px; } dt { color: var(--soft); } dd { margin: 0; }
.scroll { overflow-x: auto; } .scroll svg { min-width: 640px; width: 100%; height: auto; }
svg text { font: 13px system-ui, sans-serif; fill: var(--ink); } svg .kind { fill: var(--soft); font-size: 11px; } svg rect { fill: var(--box); stroke: var(--soft); } svg rect.accused { stroke: var(--bad); stroke-width: 2; } svg rect.changed { stroke: var(--go); stroke-width: 2; } svg path { fill: none; stroke: var(--soft); }
@media (max-width: 30rem) { dl { grid-template-columns: 1fr; } dt { margin-top: 6px; } form.act button { width: 100%; } }
`;
