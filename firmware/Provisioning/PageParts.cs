namespace Firmware.Provisioning
{
    /// <summary>What is the same in each page, without any language.</summary>
    internal static class PageParts
    {
        /// <summary>The headers of each response.</summary>
        internal const string Headers = "\r\nContent-Type: text/html; charset=utf-8\r\nCache-Control: no-store\r\nConnection: close\r\nAllow: GET, POST\r\n"
            + "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
            + "connect-src 'self'; form-action 'self'; frame-ancestors 'none'\r\n\r\n";

        /// <summary>The begin of the page's head.</summary>
        internal const string Top = "<meta charset=utf-8><meta name=viewport content=\"width=device-width,initial-scale=1\"><style>"
            + ":root{color-scheme:light dark}body{font:1rem system-ui,sans-serif;margin:0;background:#eee;color:#111}"
            + "main{max-width:34rem;margin:auto;padding:1rem}h1{font-size:1.4rem}h2,h3,legend{font-size:1rem}"
            + "section,fieldset{background:#fff;border:1px solid #ccc;padding:1rem;margin:0 0 1rem}"
            + "label{display:block;margin-top:.7rem}.c{display:flex;gap:.5rem;align-items:center}"
            + "input,select,textarea,button{font:inherit;box-sizing:border-box;width:100%;padding:.5rem;border:1px solid #767e8a;background:#fff;color:#111}"
            + ".c input{width:1.4rem;height:1.4rem}textarea{height:5rem;font:.8rem monospace}button{background:#0b57d0;color:#fff;border:0}"
            + "small{color:#4b5563}.e{color:#b3261e;margin:0}[aria-invalid]{border:2px solid #b3261e}.o{color:#146c2e}"
            + "dl{display:grid;grid-template-columns:auto 1fr;gap:0 1rem}dd{margin:0}"
            + "@media(prefers-color-scheme:dark){body{background:#111;color:#eee}section,fieldset{background:#222;border-color:#444}"
            + "input,select,textarea{background:#111;color:#eee}small{color:#bbb}.e{color:#ffb4ab}.o{color:#7fd89a}}</style>";

        /// <summary>The end of the page: it shows the state as it changes, and puts files into the form as text.</summary>
        internal const string Script = "<script>(function(){var d=document,s=d.getElementById('s'),b=!!d.querySelector('[data-b]');"
            + "setInterval(function(){var x=new XMLHttpRequest();x.open('GET','/s');x.timeout=4000;x.onload=function(){if(x.status!=200)return;"
            + "s.innerHTML=x.responseText;var n=!!s.querySelector('[data-b]');if(b&&!n&&s.querySelector('.e'))location.replace('/');b=n};x.send()},2500);"
            + "[].forEach.call(d.querySelectorAll('[type=file]'),function(f){f.onchange=function(){var r=new FileReader();"
            + "r.onload=function(){d.getElementById(f.name.slice(0,-1)).value=r.result;f.value=''};if(f.files[0])r.readAsText(f.files[0])}});"
            + "var t=d.getElementById('tls'),p=d.getElementById('port');t.onchange=function(){if(t.checked&&p.value=='1883')p.value='8883';"
            + "else if(!t.checked&&p.value=='8883')p.value='1883'};"
            + "d.forms[0].onsubmit=function(){var q=d.forms[0].querySelector('button');setTimeout(function(){q.disabled=true},0)}})()</script></main>";
    }
}
