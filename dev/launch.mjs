// Plain JavaScript, so that an old Node can say what is missing instead of stumbling over TypeScript.
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  console.error(
    `Hace falta Node 24 y este es ${process.versions.node}: ejecuta npm ci (trae su propio Node) y después npm start. ` +
      '/ Node 24 is needed: run npm ci (it brings its own), then npm start.',
  );
  process.exit(1);
}
await import('./start.ts');
