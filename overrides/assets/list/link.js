// The page of one link: a list that the address carries goes along, and the link joins it. What it
// carries stays as it is written: whoever reads it, by fragment.js, takes only what can be right.
{
  const kept = location.hash.match(/[^#&]*=[^&]+/g) || [];
  const held = kept.filter((part) => /^list=/.test(part)).pop();
  for (const link of document.querySelectorAll("[href^='/']")) {
    const code = link.dataset.add;
    link.hash = code ? (held ? held.slice(5) + "," : "") + code
      : [link.hash.slice(1), ...kept].filter((part) => part).join("&");
  }
}
