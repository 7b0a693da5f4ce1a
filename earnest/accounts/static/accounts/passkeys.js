// Passkeys need this script: their buttons appear with it, and it says so when one did not work.
for (const button of document.querySelectorAll("[data-passkey]")) button.hidden = false;
document.addEventListener("allauth.error", (event) => {
  const trouble = document.getElementById("passkey-trouble");
  if (!trouble) return;
  event.preventDefault();
  trouble.hidden = false;
});
