import type { ComponentChildren } from 'preact'
import type { Change, Person, Session } from '../../server/answers'
import { attributesOf, newEventsOf } from './difference'
import type { AttributeChange } from './difference'
import { Timeline } from './timeline'

/** A customer as they are, with what an event changed marked. */
export function Changed({ change }: { change: Change }) {
  const { before, after } = change
  const person = after ?? before
  if (!person) {
    return null
  }
  const tag = before ? (after ? undefined : 'erased') : 'new'
  const marks = newEventsOf(change)
  return (
    <Card name={person.name} former={before?.name} tag={tag}>
      <dl>
        {attributesOf(change).map((attribute) => (
          <Attribute key={attribute.label} attribute={attribute} isNewCustomer={!before} />
        ))}
      </dl>
      {person.note !== undefined && <p className="note">{person.note}</p>}
      {after && <Sessions sessions={after.sessions} marks={before ? marks : new Set()} />}
    </Card>
  )
}

/** A customer as they are. */
export function Customer({ person: { name, attributes, sessions } }: { person: Person }) {
  return (
    <Card name={name}>
      <dl>
        {attributes.map(([label, text]) => (
          <Attribute key={label} attribute={{ label, before: text, after: text }} isNewCustomer={false} />
        ))}
      </dl>
      <Sessions sessions={sessions} marks={new Set()} />
    </Card>
  )
}

interface CardProps {
  name: string
  /** What they were called before. */
  former?: string
  tag?: string
  children: ComponentChildren
}

function Card({ name, former = name, tag, children }: CardProps) {
  return (
    <article className="customer">
      <header>
        <span className="initials" aria-hidden="true">
          {initials(name)}
        </span>
        <h3>
          {former === name ? (
            <bdi>{name}</bdi>
          ) : (
            <>
              <del dir="auto">{former}</del> <ins dir="auto">{name}</ins>
            </>
          )}{' '}
          {tag !== undefined && <span className="tag">{tag}</span>}
        </h3>
      </header>
      {children}
    </article>
  )
}

function Attribute({
  attribute: { label, before, after },
  isNewCustomer
}: {
  attribute: AttributeChange
  isNewCustomer: boolean
}) {
  const isSame = before === after || isNewCustomer
  return (
    <div className={isSame ? '' : 'changed'}>
      <dt>{label}</dt>
      <dd>
        {isSame ? (
          <bdi>{after}</bdi>
        ) : (
          <>
            {before !== undefined && <del dir="auto">{before}</del>}{' '}
            {after !== undefined && <ins dir="auto">{after}</ins>}
          </>
        )}
      </dd>
    </div>
  )
}

function Sessions({ sessions, marks }: { sessions: Session[]; marks: Set<Session['events'][number]> }) {
  return sessions.length > 0 ? (
    <Timeline sessions={sessions} marks={marks} />
  ) : (
    <p className="hint">Nothing on the timeline yet.</p>
  )
}

function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean)
  return [words[0], words.length > 1 ? words[words.length - 1] : '']
    .map((word) => (word ?? '').charAt(0).toUpperCase())
    .join('')
}
