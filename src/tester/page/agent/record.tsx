import type { ComponentChildren } from 'preact'
import type { Card, Change, AgentRecord, Session } from '../../server/answers'
import { attributesOf, newEventsOf, tagOf } from './difference'
import type { AttributeChange } from './difference'
import { timeOf } from '../parts/words'
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
    <Sheet name={record.name} kind={record.kind} former={before?.name} tag={tag}>
      <dl>
        {attributesOf(change).map((attribute) => (
          <Attribute key={attribute.label} attribute={attribute} isNew={!before} />
        ))}
      </dl>
      {record.note !== undefined && <p className="note">{record.note}</p>}
      {after?.cards?.map((card) => (
        <CustomObject key={card.id} card={card} tag={before && tagOf(card, before)} />
      ))}
      {after?.kind === 'customer' && <Sessions of={after} marks={before ? marks : new Set()} />}
    </Sheet>
  )
}

/** A customer or a company as they are. */
export function Unchanged({ record }: { record: AgentRecord }) {
  return (
    <Sheet name={record.name} kind={record.kind}>
      <dl>
        {record.attributes.map(([label, text]) => (
          <Attribute key={label} attribute={{ label, before: text, after: text }} isNew={false} />
        ))}
      </dl>
      {record.cards?.map((card) => (
        <CustomObject key={card.id} card={card} />
      ))}
      {record.kind === 'customer' && <Sessions of={record} marks={new Set()} />}
    </Sheet>
  )
}

interface SheetProps {
  name: string
  kind: AgentRecord['kind']
  /** What they were called before. */
  former?: string
  tag?: string
  children: ComponentChildren
}

function Sheet({ name, kind, former = name, tag, children }: SheetProps) {
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

/** A custom object as the card that an agent sees. */
function CustomObject({ card, tag }: { card: Card; tag?: string }) {
  const { klass, title, description, updatedAt, attributes, items } = card
  return (
    <section className="card">
      <h4>
        <bdi>{klass}</bdi>
        <span className="time">updated {timeOf(updatedAt)} UTC</span>
      </h4>
      <p>
        <bdi className="event-name">{title}</bdi> {tag !== undefined && <span className="tag">{tag}</span>}
      </p>
      {description !== undefined && <p dir="auto">{description}</p>}
      <dl>
        {[...attributes, ...items].map(([label, text], index) => (
          <Attribute key={index} attribute={{ label, before: text, after: text }} isNew={false} />
        ))}
      </dl>
    </section>
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

function Sessions({ of: { sessions, cards }, marks }: { of: AgentRecord; marks: Set<Session['events'][number]> }) {
  if (sessions.length > 0) {
    return <Timeline sessions={sessions} marks={marks} />
  }
  return cards ? null : <p className="hint">Nothing on the timeline yet.</p>
}

function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean)
  return [words[0], words.length > 1 ? words[words.length - 1] : '']
    .map((word) => (word ?? '').charAt(0).toUpperCase())
    .join('')
}
