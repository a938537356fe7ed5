import { html, raw } from 'hono/html'
import { ALL_ROLES } from '../access'
import type { Faults } from '../faults'
import type { Token } from '../keys'
import type { LoggedRequest } from '../request-log'
import type { CompanyRecord } from '../state/company-record'
import type { CustomObjectRecord } from '../state/custom-object-record'
import type { CustomerRecord } from '../state/customer-record'
import type { AttributeProperty } from '../state/defined-attributes'
import { VARIANT_NAMES, VARIANTS } from '../variants'
import type { Variants } from '../variants'
import { attributesList, companiesList, customersList, customObjectsList } from './records'
import { STYLE } from './style'

/** What the page shows. */
export interface Situation {
  origin: string
  nonce: string
  /** The example uses the first one. */
  keys: Array<Token & { name: string }>
  customers: CustomerRecord[]
  companies: CompanyRecord[]
  customObjects: CustomObjectRecord[]
  attributes: Record<'customer' | 'company', Record<string, AttributeProperty>>
  /** The custom attributes of custom objects, by their Klass. */
  klasses: Record<string, Record<string, AttributeProperty>>
  variants: Variants
  faults: Faults
  requests: LoggedRequest[]
  operations: Array<{ method: string; path: string; summary?: string }>
  /** Kustomer’s endpoints that the sandbox lacks, by topic. */
  lacking: Record<string, string[]>
  lackingRoots: string[]
}

const SECTIONS = {
  start: 'Try it',
  records: 'Records',
  attributes: 'Custom attributes',
  keys: 'API keys',
  faults: 'Simulated failures',
  variants: 'Simulated behaviors',
  requests: 'Requests',
  operations: 'Kustomer’s endpoints',
  control: 'Sandbox endpoints',
  lacking: 'Not supported'
}

const SHOWN_REQUESTS = 20

/** Returns the page that explains the sandbox and shows its records. */
export function pageOf(situation: Situation) {
  const { origin, nonce, keys, variants, faults, requests, operations, lacking } = situation
  const { customers, companies, customObjects, attributes, klasses, lackingRoots } = situation
  const put = (path: string, body: string): string =>
    `curl -X PUT -H 'Content-Type: application/json' -d '${body}' ${origin}/sandbox/${path}`
  const apiKey = keys[0]?.name ?? ''
  const own = operations.filter(({ path }) => path.startsWith('/sandbox/'))
  return html`<!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>A local Kustomer</title>
        <style nonce="${nonce}">
          ${raw(STYLE)}
        </style>
      </head>
      <body>
        <header>
          <h1>A local Kustomer</h1>
          <p>
            Kustomer’s REST API for customers, companies, custom objects and events, in memory. It enforces the rules
            that Kustomer publishes. Assumed rules are marked in the <a href="/openapi.json">OpenAPI document</a>. This
            is not the real Kustomer, and nothing leaves this machine.
          </p>
          <nav aria-label="On this page">
            <ul>
              ${Object.entries(SECTIONS).map(([id, title]) => html`<li><a href="#${id}">${title}</a></li>`)}
            </ul>
          </nav>
        </header>
        <main>
          ${heading('start')}
          <p>Point a program at <code>${origin}/v1</code> with the API key <code>${apiKey}</code>.</p>
          <pre><code>curl -H 'Authorization: Bearer ${apiKey}' ${origin}/v1/auth/tokens/current</code></pre>
          <p>
            To delete all records:
            <code>curl -X POST ${origin}/sandbox/reset</code>
          </p>

          ${heading('records')} ${customersList(customers)} ${companiesList(companies)}
          ${customObjectsList(customObjects)}
          <p>
            <a href="/sandbox/customers">All customers</a>, <a href="/sandbox/companies">all companies</a>, and
            <a href="/sandbox/custom-objects">all custom objects</a>, as JSON. To link a customer to a company, as an
            agent would:
          </p>
          <pre><code>${put('customers/{id}/company', '{"company":"…"}')}</code></pre>

          ${heading('attributes')}
          <p>
            By default, any attribute whose name ends in its type is accepted, such as <code>planStr</code>. Once you
            define attributes, all others are rejected, as in Kustomer.
          </p>
          ${attributesList('Customers', attributes.customer)} ${attributesList('Companies', attributes.company)}
          <pre><code>${put(
            'attributes/customer',
            '{"planStr":{"displayName":"Plan","enumeration":["free","pro"]},"oldStr":{"deleted":true}}'
          )}</code></pre>

          ${Object.entries(klasses).map(([name, known]) => attributesList(`Klass ${name}`, known))}
          <p>To define a Klass of custom objects, define its attributes:</p>
          <pre><code>${put(
            'attributes/kobject.order',
            '{"orderStatusStr":{"displayName":"Status"},"totalPriceNum":{"displayName":"Total"}}'
          )}</code></pre>

          ${heading('keys')}
          <ul>
            ${keys.map((key) => html`<li><code>${key.name}</code> (pod <code>${key.pod}</code>): ${rolesOf(key)}</li>`)}
          </ul>
          <p>To test a key that lacks a role:</p>
          <pre><code>curl -H 'Content-Type: application/json' -d '{"key":"a-key-without","without":["org.permission.bulk.read"]}' ${origin}/sandbox/keys</code></pre>

          ${heading('faults')}
          ${Object.keys(faults).length === 0
            ? html`<p>None.</p>`
            : html`<p>Now:</p>
                <pre><code>${JSON.stringify(faults, null, 2)}</code></pre>`}
          <p>For example, to answer the next two updates with 503:</p>
          <pre><code>${put('faults', '{"responses":[{"status":503,"method":"PATCH","times":2}]}')}</code></pre>
          <p>To stop: <code>curl -X DELETE ${origin}/sandbox/faults</code></p>

          ${heading('variants')}
          <p>Kustomer’s documentation doesn’t answer these. To turn one on:</p>
          <pre><code>${put('variants', '{"jobsSlow":true}')}</code></pre>
          <dl>${VARIANT_NAMES.map((name) => describedVariant(name, variants[name]))}</dl>

          ${heading('requests')} ${requestsTable(requests.slice(0, SHOWN_REQUESTS))}
          <p><a href="/sandbox/requests">More requests, with bodies and errors</a></p>

          ${heading('operations')}
          ${operationsTable(
            'They need an API key',
            operations.filter((operation) => !own.includes(operation))
          )}
          ${heading('control')} ${operationsTable('They need no API key', own)} ${heading('lacking')}
          <p>These endpoints of Kustomer answer 501:</p>
          ${Object.entries(lacking).map(
            ([about, paths]) => html`<h3>${about}</h3>
              <ul>
                ${paths.map((path) => html`<li><code>${path.replace(' ', ' /v1')}</code></li>`)}
              </ul>`
          )}
          <p>All endpoints under these paths do too: ${lackingRoots.map((root) => html`<code>/v1/${root}</code> `)}</p>
        </main>
      </body>
    </html>`
}

const heading = (id: keyof typeof SECTIONS) => html`<h2 id="${id}">${SECTIONS[id]}</h2>`

function rolesOf({ roles }: Token) {
  const missing = ALL_ROLES.filter((role) => !roles.includes(role))
  if (missing.length === 0) {
    return 'every role'
  }
  const [words, named] = missing.length < roles.length ? ['every role except ', missing] : ['roles ', roles]
  return named.length === 0 ? 'no role' : html`${words}${named.map((role) => html`<code>${role}</code> `)}`
}

function describedVariant(name: typeof VARIANT_NAMES[number], isOn: boolean) {
  const { off, on } = VARIANTS[name]
  return html`<dt><code>${name}</code> ${isOn ? html`<span class="on">on</span>` : ''}</dt>
    <dd>${isOn ? on : off} <span class="soft">${isOn ? 'Off' : 'On'}: ${isOn ? off : on}</span></dd>`
}

function requestsTable(requests: LoggedRequest[]) {
  return requests.length === 0
    ? html`<p>None yet.</p>`
    : html`<table>
        <caption>
          Newest first
        </caption>
        <thead>
          <tr>
            <th scope="col" class="short">UTC</th>
            <th scope="col">Request</th>
            <th scope="col" class="short">Answer</th>
          </tr>
        </thead>
        <tbody>
          ${requests.map(
            ({ at, method, path, status }) => html`<tr>
              <td>${at.slice(11, 19)}</td>
              <td><code>${method} ${path}</code></td>
              <td>${status ?? 'dropped'}</td>
            </tr>`
          )}
        </tbody>
      </table>`
}

function operationsTable(caption: string, operations: Situation['operations']) {
  return html`<table>
    <caption>
      ${caption}
    </caption>
    <thead>
      <tr>
        <th scope="col">Endpoint</th>
        <th scope="col">Description</th>
      </tr>
    </thead>
    <tbody>
      ${operations.map(
        ({ method, path, summary }) => html`<tr>
          <td><code>${method.toUpperCase()} ${path}</code></td>
          <td>${summary}</td>
        </tr>`
      )}
    </tbody>
  </table>`
}
