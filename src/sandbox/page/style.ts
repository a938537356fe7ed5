export const STYLE = `
:root { color-scheme: light dark; --ink: #1b1f27; --soft: #545d6e; --line: #d9dde5; --paper: #fff; --tint: #f3f5f9; --link: #0b57b8 }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e7eaf0; --soft: #a3acbd; --line: #343b49; --paper: #14171d; --tint: #1e232c; --link: #8ab8ff }
}
* { box-sizing: border-box }
body { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 60rem; font: 1rem/1.55 system-ui, sans-serif; color: var(--ink); background: var(--paper); overflow-wrap: anywhere }
h1 { margin: 0; font-size: 1.75rem }
h2 { margin: 2.5rem 0 .5rem; padding-top: 1rem; border-top: 1px solid var(--line); font-size: 1.2rem }
h3 { margin: 1.25rem 0 .25rem; font-size: 1rem }
p, ul, dl { margin: .5rem 0 }
a { color: var(--link) }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; padding: 0; list-style: none }
code, pre { font: .875em/1.5 ui-monospace, monospace }
code { padding: .1em .3em; border-radius: .25em; background: var(--tint) }
pre { margin: .5rem 0; padding: .75rem 1rem; border-radius: .5rem; background: var(--tint); white-space: pre-wrap }
pre code { padding: 0; font-size: inherit }
table { width: 100%; border-collapse: collapse }
caption { text-align: start; color: var(--soft) }
th, td { padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line); text-align: start; vertical-align: top }
th, dt { font-weight: 600 }
dt { margin-top: .75rem }
dd { margin: 0 }
.short { width: 5.5em }
.soft { color: var(--soft) }
.on { padding: .1em .5em; border: 1px solid currentColor; border-radius: 1em; font-size: .8em; font-weight: 600 }
`
