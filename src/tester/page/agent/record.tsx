import type { ComponentChildren } from 'preact'
import type { Change, AgentRecord, Session } from '../../server/answers'
import { attributesOf, newEventsOf } from './difference'
import type { AttributeChange } from './difference'
import { Timeline } from './timeline'

/** A customer or a company as they are, with what an event changed marked. */
export function Changed({ change }: { change: Change }) {
  const { before, after } = change
  const record = after ?? before
  if (!record) {
    return null
  }
  const tag = before ? (after ? undefined : 'erased') : 'new'
  const marks = newEventsOf(change)
  return (
    <Card name={record.name} kind={record.kind} former={before?.name} tag={tag}>
      <dl>
        {attributesOf(change).map((attribute) => (
          <Attribute key={attribute.label} attribute={attribute} isNew={!before} />
        ))}
      </dl>
      {record.note !== undefined && <p className="note">{record.note}</p>}
      {after?.kind === 'customer' && <Sessions sessions={after.sessions} marks={before ? marks : new Set()} />}
    </Card>
  )
}

/** A customer or a company as they are. */
export function Unchanged({ record: { kind, name, attributes, sessions } }: { record: AgentRecord }) {
  return (
    <Card name={name} kind={kind}>
      <dl>
        {attributes.map(([label, text]) => (
          <Attribute key={label} attribute={{ label, before: text, after: text }} isNew={false} />
        ))}
      </dl>
      {kind === 'customer' && <Sessions sessions={sessions} marks={new Set()} />}
    </Card>
  )
}

interface CardProps {
  name: string
  kind: AgentRecord['kind']
  /** What they were called before. */
  former?: string
  tag?: string
  children: ComponentChildren
}

function Card({ name, kind, former = name, tag, children }: CardProps) {
  return (
    <article className={`record ${kind}`}>
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
          {kind === 'company' && <span className="tag">company</span>}{' '}
          {tag !== undefined && <span className="tag">{tag}</span>}
        </h3>
      </header>
      {children}
    </article>
  )
}

function Attribute({ attribute: { label, before, after }, isNew }: { attribute: AttributeChange; isNew: boolean }) {
  const isSame = before === after || isNew
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
