// The page of a list in another language: what the fragment of the address says goes along.
for (const link of document.querySelectorAll("[hreflang]")) link.hash = location.hash;
