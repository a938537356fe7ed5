import type { Session } from '../../server/answers'
import { timeOf } from '../parts/words'

type Event = Session['events'][number]

/** Sessions that are shown at once; the earlier ones are folded unless something new is in them. */
const UNFOLDED = 3

/** What a customer did, session by session. */
export function Timeline({ sessions, marks }: { sessions: Session[]; marks: Set<Event> }) {
  const isShown = (session: Session, index: number): boolean =>
    index >= sessions.length - UNFOLDED || session.events.some((event) => marks.has(event))
  const folded = sessions.filter((session, index) => !isShown(session, index))
  return (
    <div className="timeline">
      {folded.length > 0 && (
        <details className="part">
          <summary>{folded.length} earlier sessions</summary>
          {folded.map((session, index) => (
            <SessionView key={index} session={session} marks={marks} />
          ))}
        </details>
      )}
      {sessions.filter(isShown).map((session, index) => (
        <SessionView key={index} session={session} marks={marks} />
      ))}
    </div>
  )
}

function SessionView({ session: { id, startedAt, endedAt, events }, marks }: { session: Session; marks: Set<Event> }) {
  const [start, end] = [timeOf(startedAt), timeOf(endedAt)]
  return (
    <section className="session">
      <h4>
        {id === null ? (
          'Session, grouped by time'
        ) : (
          <span>
            Session <code>{id}</code>
          </span>
        )}
        <span className="time">{start === end ? start : `${start} to ${end}`} UTC</span>
      </h4>
      <ol>
        {events.map((event, index) => (
          <EventView key={index} event={event} isNew={marks.has(event)} />
        ))}
      </ol>
    </section>
  )
}

function EventView({ event: { name, meta }, isNew }: { event: Event; isNew: boolean }) {
  const entries = Object.entries(meta)
  return (
    <li>
      <p>
        <bdi className="event-name">{name}</bdi> {isNew && <span className="tag">new</span>}
      </p>
      {entries.length > 0 && (
        <dl>
          {entries.map(([key, value]) => (
            <div key={key}>
              <dt>{key}</dt>
              <dd>
                <bdi>{value}</bdi>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  )
}
