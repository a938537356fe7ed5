import { WebSocketServer } from 'ws'
import { isWelcome } from './access'

export interface LiveReload {
  /** Tells everybody who listens that the source has changed. */
  tellChange(): void
}

/**
 * The WebSocket that Segment's app listens to, on the port after the server's. A port that is taken is told, and no more
 * than that: everything else works without it.
 *
 * @param port of the WebSocket itself
 */
export function openLiveReload(port: number): LiveReload {
  const sockets = new WebSocketServer({
    port,
    host: '127.0.0.1',
    verifyClient: ({ origin, req }: { origin?: string; req: { headers: { host?: string } } }) =>
      isWelcome(`http://${req.headers.host ?? ''}`, origin)
  })
  sockets.on('error', (error) => {
    console.error(`Segment’s app will not be told of changes: ${error.message}`)
  })
  return {
    tellChange() {
      for (const socket of sockets.clients) {
        socket.send('change')
      }
    }
  }
}
