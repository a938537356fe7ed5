import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { build } from 'esbuild'
import { Hono } from 'hono'
import type { SecureHeadersVariables } from 'hono/secure-headers'

const SOURCE = path.join(__dirname, '../page')
const NONCE = '%nonce%'
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml'
}

/** The files of the page by their names. */
export type Page = Map<string, string>

/**
 * Bundles the page from its source, in memory.
 *
 * @throws an error that names the file and the line, where the source does not compile
 */
export async function bundlePage(): Promise<Page> {
  const { outputFiles } = await build({
    entryPoints: [path.join(SOURCE, 'main.tsx')],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    outdir: SOURCE,
    tsconfig: path.join(SOURCE, 'tsconfig.json'),
    logLevel: 'silent'
  })
  const kept = ['index.html', 'icon.svg'].map(async (name) => [name, await readFile(path.join(SOURCE, name), 'utf8')])
  const bundled = outputFiles.map(({ path: file, text }) => [path.basename(file), text])
  return new Map([...((await Promise.all(kept)) as Array<[string, string]>), ...(bundled as Array<[string, string]>)])
}

/** Serves the page; the editor's own styles are let in by a nonce that is new with each answer. */
export function servePage(page: Page): Hono<{ Variables: SecureHeadersVariables }> {
  const app = new Hono<{ Variables: SecureHeadersVariables }>()
  for (const [name, text] of page) {
    app.get(name === 'index.html' ? '/' : `/${name}`, (context) =>
      context.body(text.replaceAll(NONCE, context.get('secureHeadersNonce') ?? ''), 200, {
        'content-type': TYPES[path.extname(name)] ?? 'text/plain',
        'cache-control': 'no-cache'
      })
    )
  }
  return app
}
