// The story of one afternoon, told with the protocol's own client library:
// open a file, see a finding with its path, hover, take the fix, see the
// finding go, save, close. Arguments: the server, the folder of the extension.
'use strict';
const assert = require('assert');
const child_process = require('child_process');
const fs = require('fs');
const path = require('path');
const url = require('url');
const lsp = require('vscode-languageserver-protocol/node');

const [server, folder] = process.argv.slice(2);
const uriOf = (name) => url.pathToFileURL(path.join(folder, name)).href;
const textOf = (name) => fs.readFileSync(path.join(folder, name), 'utf8');

const process_ = child_process.spawn(server, ['lsp'], { stdio: ['pipe', 'pipe', 'inherit'], cwd: folder });
const ended = new Promise((resolve) => process_.on('exit', resolve));
const connection = lsp.createMessageConnection(
    new lsp.StreamMessageReader(process_.stdout), new lsp.StreamMessageWriter(process_.stdin));

let published = [];
const waiting = [];
connection.onNotification(lsp.PublishDiagnosticsNotification.type, (params) => {
    // The last word on a file is the one that counts.
    published = published.filter((p) => p.uri !== params.uri);
    published.push(params);
    waiting.splice(0).forEach((wake) => wake());
});
connection.onNotification(lsp.LogMessageNotification.type, (params) => console.log('log:', params.message));
connection.listen();

// The next diagnostics for a version of a file.
async function diagnosticsOf(name, version) {
    for (;;) {
        const at = published.findIndex((p) => p.uri === uriOf(name) && p.version === version);
        if (at >= 0) return published.splice(at, 1)[0].diagnostics;
        await new Promise((resolve) => waiting.push(resolve));
    }
}

// A text with the edits of a client, which count in UTF-16 units.
function edited(text, edits) {
    const lines = text.split('\n');
    const offset = (p) => lines.slice(0, p.line).reduce((sum, line) => sum + line.length + 1, 0) + p.character;
    return edits.slice().sort((a, b) => offset(b.range.start) - offset(a.range.start))
        .reduce((all, e) => all.slice(0, offset(e.range.start)) + e.newText + all.slice(offset(e.range.end)), text);
}

function at(text, needle, inside = 0) {
    const line = text.split('\n').findIndex((l) => l.includes(needle));
    assert(line >= 0, needle);
    return { line, character: text.split('\n')[line].indexOf(needle) + inside };
}

async function story() {
    const early = await connection.sendRequest('textDocument/hover', {}).catch((e) => e);
    assert.strictEqual(early.code, -32002, 'a request before initialize is refused');
    const begun = await connection.sendRequest(lsp.InitializeRequest.type, {
        processId: process.pid, rootUri: url.pathToFileURL(folder).href, capabilities: {},
        workspaceFolders: [{ uri: url.pathToFileURL(folder).href, name: 'sample' }],
    });
    assert.strictEqual(begun.serverInfo.name, 'pymemlint');
    assert.strictEqual(begun.capabilities.textDocumentSync.change, lsp.TextDocumentSyncKind.Full);
    connection.sendNotification(lsp.InitializedNotification.type, {});

    // open: the finding of another file's doing, and its path
    const open = (name, text, version) => connection.sendNotification(lsp.DidOpenTextDocumentNotification.type,
        { textDocument: { uri: uriOf(name), languageId: 'c', version, text } });
    const tally = textOf('tallymodule.c');
    open('tallymodule.c', tally, 1);
    const first = await diagnosticsOf('tallymodule.c', 1);
    const mismatch = first.find((d) => d.code === 'PML201');
    assert(mismatch, 'the mismatch is shown: ' + JSON.stringify(first));
    assert.deepStrictEqual(mismatch.range.start, at(tally, 'free(self->separator)'));
    assert.strictEqual(mismatch.severity, lsp.DiagnosticSeverity.Error);
    const files = mismatch.relatedInformation.map((r) => r.location.uri);
    assert(files.includes(uriOf('lines.c')), 'the path leads through the other file: ' + files);

    // hover: the lock state of two lines, the family of a field and of a variable, a call
    const hover = async (name, position) => {
        const said = await connection.sendRequest(lsp.HoverRequest.type,
            { textDocument: { uri: uriOf(name) }, position });
        return said ? said.contents.value : '';
    };
    const field = await hover('tallymodule.c', at(tally, 'free(self->separator)', 'free(self->sep'.length));
    assert.match(field, /GIL: held/);
    assert.match(field, /memory of family \*\*pymem\*\*:\n- `PyMem_MALLOC` at lines\.c:9/);
    assert.match(field, /goes back to \*\*libc\*\*:\n- `free`/);
    const call = await hover('tallymodule.c', at(tally, 'lines_read(', 3));
    assert.match(call, /GIL: \*\*released\*\*/);
    assert.match(call, /Py_BEGIN_ALLOW_THREADS/);
    assert.match(call, /calls `lines_read`, defined at lines\.c:/);
    assert.strictEqual(await hover('tallymodule.c', { line: 0, character: 0 }), '', 'nothing to say');
    assert.strictEqual(await hover('tallymodule.c', { line: 99999, character: 9999 }), '');

    // fix: a deprecated name, in a file with more than ASCII in front of it
    const lines = textOf('lines.c').replace('char *copy = ', '/* größe 𝒳 */ char *copy = ');
    open('lines.c', lines, 1);
    const second = await diagnosticsOf('lines.c', 1);
    const old = second.find((d) => d.code === 'PML401');
    assert(old, 'the deprecated name is shown: ' + JSON.stringify(second));
    assert.deepStrictEqual(old.range.start, at(lines, 'PyMem_MALLOC'));
    const actions = await connection.sendRequest(lsp.CodeActionRequest.type,
        { textDocument: { uri: uriOf('lines.c') }, range: old.range, context: { diagnostics: [old] } });
    assert.strictEqual(actions.length, 1);
    assert.strictEqual(actions[0].kind, lsp.CodeActionKind.QuickFix);
    const elsewhere = await connection.sendRequest(lsp.CodeActionRequest.type, {
        textDocument: { uri: uriOf('lines.c') }, context: { diagnostics: [] },
        range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
    });
    assert.deepStrictEqual(elsewhere, []);
    const mended = edited(lines, actions[0].edit.changes[uriOf('lines.c')]);
    assert(mended.includes('/* größe 𝒳 */ char *copy = PyMem_Malloc('), mended);

    // the finding is gone, though nothing was saved
    const change = (name, version, text) => connection.sendNotification(lsp.DidChangeTextDocumentNotification.type,
        { textDocument: { uri: uriOf(name), version }, contentChanges: [{ text }] });
    change('lines.c', 2, mended);
    assert.deepStrictEqual(await diagnosticsOf('lines.c', 2), []);
    assert(textOf('lines.c').includes('PyMem_MALLOC'), 'the server writes no file');

    // what one file says changes what is found in another
    change('tallymodule.c', 2, tally.replace('free(self->separator)', 'PyMem_Free(self->separator)'));
    assert(!(await diagnosticsOf('tallymodule.c', 2)).some((d) => d.code === 'PML201'));
    published = [];
    change('lines.c', 3, mended.replace('PyMem_Malloc(', 'malloc(').replace('#include', '#include <stdlib.h>\n#include'));
    await diagnosticsOf('lines.c', 3);
    const third = await diagnosticsOf('tallymodule.c', 2);
    assert(third.some((d) => d.code === 'PML201' && /libc/.test(d.message)), JSON.stringify(third));

    // many changes at once end with the last one
    for (let version = 4; version < 24; version++) change('lines.c', version, mended + '\n'.repeat(version));
    const late = await hover('lines.c', at(mended, 'PyMem_Malloc', 2));
    assert.match(late, /calls `PyMem_Malloc`/);
    assert.deepStrictEqual(await diagnosticsOf('lines.c', 23), []);

    // saved and closed: the disk counts again
    fs.writeFileSync(path.join(folder, 'lines.c'), mended);
    change('lines.c', 30, mended);
    connection.sendNotification(lsp.DidSaveTextDocumentNotification.type, { textDocument: { uri: uriOf('lines.c') } });
    assert.deepStrictEqual(await diagnosticsOf('lines.c', 30), []);
    connection.sendNotification(lsp.DidCloseTextDocumentNotification.type, { textDocument: { uri: uriOf('tallymodule.c') } });
    assert.deepStrictEqual(await diagnosticsOf('tallymodule.c', undefined), []);
    open('tallymodule.c', tally, 5);
    assert((await diagnosticsOf('tallymodule.c', 5)).some((d) => d.code === 'PML201'));

    // a text that does not parse leaves the server alive
    change('tallymodule.c', 6, '}}} #include "nothing.h"\n\0 {');
    await diagnosticsOf('tallymodule.c', 6);

    const unknown = await connection.sendRequest('textDocument/noSuchThing', {}).catch((e) => e);
    assert.strictEqual(unknown.code, lsp.ErrorCodes.MethodNotFound);
    await connection.sendRequest(lsp.ShutdownRequest.type);
    connection.sendNotification(lsp.ExitNotification.type);
    assert.strictEqual(await ended, 0);
}

const late = setTimeout(() => {
    console.log('FAILED: the story takes too long; the last that came:', JSON.stringify(published.slice(-2)));
    process_.kill();
    process.exit(1);
}, 1200000);
story().then(() => { clearTimeout(late); console.log('the story ends well'); process.exit(0); },
    (error) => { console.log('FAILED:', error.message, error.stack); process_.kill(); process.exit(1); });
