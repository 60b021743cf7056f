/** The report's own style: readable on a phone of 360 pixels, in light and in dark, without a font or a picture of anybody else. */
export const style = `
:root { --back: #fff; --text: #1c1c1e; --dim: #5f6368; --line: #d8dade; --s0: #3867b5; --s1: #c2571a; --up: #a3341c; --down: #1d6b3a; }
@media (prefers-color-scheme: dark) {
  :root { --back: #16181b; --text: #e8e9eb; --dim: #a4a8ae; --line: #3a3e44; --s0: #7ba6ea; --s1: #f0935a; --up: #ff9a83; --down: #7dd69c; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem; max-width: 60rem; background: var(--back); color: var(--text); font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.15rem; margin-top: 2rem; } h3 { font-size: 1rem; margin: 0; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; overflow-wrap: break-word; }
th, td { padding: .25rem .4rem; border-bottom: 1px solid var(--line); text-align: left; }
th { text-align: right; } .n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.up { color: var(--up); } .down { color: var(--down); }
figure { margin: 1.5rem 0; } figcaption { font-weight: 600; }
svg { display: block; width: 100%; height: auto; } svg text { fill: var(--dim); font-size: 12px; } svg line { stroke: var(--line); }
.s0 { fill: var(--s0); } .s1 { fill: var(--s1); }
.legend b { display: inline-block; min-width: 1.6em; padding: 0 .4em; text-align: center; color: var(--back); }
.k0 { background: var(--s0); } .k1 { background: var(--s1); }
.incident { border-top: 1px solid var(--line); padding: .75rem 0; } .incident p { margin: .25rem 0; color: var(--dim); }
dl { display: grid; grid-template-columns: auto 1fr; gap: .1rem .6rem; margin: 0; } dd { margin: 0; }
small { color: var(--dim); }
`;
