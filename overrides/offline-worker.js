// Answers with a saved page when the network or the host does not. It saves nothing itself: see
// assets/offline.js, which registers it when a practitioner asks for it, and removes it again.
"use strict";

const ROOT = self.registration.scope;
const SAVED = `linkindex-offline ${new URL(ROOT).pathname}`;
const PATIENCE = 5000; // milliseconds a bad connection has before the saved page is shown

self.addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  if (method === "GET" && url.startsWith(ROOT)) event.respondWith(answer(event.request));
});

async function answer(request) {
  const saved = await savedAnswer(new URL(request.url));
  if (!saved) return fetch(request);
  const late = new Promise((resolve) => { setTimeout(resolve, PATIENCE, saved); });
  const asked = fetch(request).then((now) => (now.status < 500 ? now : saved), () => saved);
  return Promise.race([asked, late]);
}

// A printed code opens q/CODE, which is saved by the name of its file: every host answers that.
// Matching by name never makes an empty store, as opening one would.
async function savedAnswer(url) {
  const page = url.origin + url.pathname;
  const options = { cacheName: SAVED };
  const file = `${page.replace(/\/$/, "")}.html`;
  return await caches.match(page, options) || await caches.match(`${page}/`, options)
    || caches.match(file, options);
}
