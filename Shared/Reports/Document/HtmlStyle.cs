namespace Shared.Reports.Document;

/// <summary>
/// The style sheet of a report's page; colours come from the plots' rules, which stand before it.
/// </summary>
internal static class HtmlStyle
{
    /// <summary>The rules.</summary>
    /// <remarks>
    /// A backslash at the end of a line joins it with the next one: only the source is narrow.
    /// </remarks>
    public static string Css { get; } =
        """
        :root{--tint:#f4f6f8;--accent:#0b5cad;--good:#0b7a55;--warn:#a04a00;--best:#e4ebf3}
        @media (prefers-color-scheme:dark){:root{--tint:#1c222a;--accent:#7db8f5;--good:#4fd0a0;\
        --warn:#ffab6b;--best:#25344a}}
        @media print{:root{--tint:#f4f6f8;--accent:#0b5cad;--good:#0b7a55;--warn:#a04a00;--best:#e4ebf3}}
        *{box-sizing:border-box}
        html{-webkit-text-size-adjust:100%}
        body{margin:0 auto;padding:2.5rem clamp(1rem,4vw,3rem) 5rem;max-width:76rem;background:var(--paper);\
        color:var(--ink);
          font:16px/1.6 system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',sans-serif}
        h1,h2,h3{line-height:1.25;text-wrap:balance}
        h1{font:600 clamp(1.6rem,3.6vw,2.4rem)/1.2 Charter,'Bitstream Charter','Sitka Text',Cambria,Georgia,\
        serif;
          margin:.2rem 0 1.4rem;max-width:58rem;letter-spacing:-.01em}
        h2{font-size:1.3rem;margin:3.2rem 0 .9rem;padding-top:.9rem;border-top:1px solid var(--line)}
        h3{font-size:1rem;margin:1.7rem 0 .5rem}
        p,ul{margin:.6rem 0}
        p,li{max-width:52rem;overflow-wrap:anywhere}
        .kicker{margin:0;color:var(--muted);font-size:.85rem;letter-spacing:.02em}
        .kicker b{color:var(--ink);font-weight:600;margin-left:.35em}
        .facts{display:flex;flex-wrap:wrap;gap:.6rem 2.4rem;margin:0 0 1.2rem}
        .facts dt{color:var(--muted);font-size:.8rem}
        .facts dd{margin:0}
        .status{display:inline-block;margin:0;padding:.2rem .8rem;border-radius:1rem;font-size:.9rem;\
        border:1px solid}
        .finished{color:var(--good)}
        .unfinished{color:var(--warn)}
        nav{display:flex;flex-wrap:wrap;gap:.2rem 1.3rem;margin-top:1.4rem;font-size:.9rem}
        nav a{color:var(--accent);text-decoration:none}
        nav a:hover{text-decoration:underline}
        code{font:.9em ui-monospace,SFMono-Regular,'Cascadia Mono',Menlo,Consolas,'DejaVu Sans Mono',\
        monospace;
          background:var(--tint);border-radius:.25rem;padding:.08em .25em}
        .note{color:var(--muted);font-size:.85rem;max-width:60rem}
        #answer{background:var(--tint);border-left:4px solid var(--accent);border-radius:.4rem;\
        margin-top:2.2rem;
          padding:1.1rem 1.6rem 1.2rem}
        #answer h2{margin:0;padding:0;border:0}
        #answer code{background:var(--paper)}
        #answer p,#answer li{max-width:58rem}
        #answer ul{padding-left:1.2rem}
        #answer li{margin:.45rem 0}
        .scroll{overflow-x:auto;margin:.8rem 0}
        table{border-collapse:collapse;font-size:.88rem;line-height:1.4;font-variant-numeric:tabular-nums}
        th,td{padding:.45rem .5rem;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}
        th{font-weight:600;vertical-align:bottom;border-bottom:2px solid var(--line)}
        th code,td code{background:none;padding:0}
        td{max-width:26rem;overflow-wrap:break-word}
        td.n,th.n{text-align:right}
        td.n{white-space:nowrap}
        th:not(.n){white-space:nowrap}
        td:not(.n){min-width:6.3rem}
        td small,th small{display:block;color:var(--muted);font-size:.82em;font-weight:400}
        td strong{background:var(--best);border-radius:.25rem;padding:.1em .35em;margin:0 -.35em;\
        font-weight:650}
        tbody tr:hover{background:var(--tint)}
        .sample{vertical-align:.05em;margin-right:.5em;flex:none}
        .interval{display:block;margin:.25rem 0 0 auto}
        .interval .zero{stroke:var(--muted)}
        .interval .bar{stroke-width:2.5;stroke-linecap:round;stroke:currentColor}
        .interval circle{fill:currentColor}
        .interval.open{color:var(--muted)}
        .interval.better{color:var(--good)}
        .interval.worse{color:var(--warn)}
        .plots{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,27rem),1fr));\
        gap:1.6rem 2rem;margin:1rem 0}
        figure{margin:0;min-width:0}
        .plots>figure:only-child{max-width:36rem}
        .plot{display:block;width:100%;height:auto}
        figcaption{color:var(--muted);font-size:.85rem;line-height:1.45;margin-top:.3rem}
        figcaption strong{color:var(--warn);font-weight:500}
        .legend{list-style:none;margin:0;padding:.4rem 0;align-self:center;font-size:.92rem}
        .legend li{display:flex;align-items:center;margin:.4rem 0}
        .galleries{display:flex;flex-wrap:wrap;gap:1.6rem 2rem}
        .gallery{max-width:100%}
        .gallery>p{margin:0 0 .4rem;font-size:.92rem}
        .gallery>div{display:flex;flex-wrap:wrap;gap:1rem}
        .gallery figure{flex:none;width:450px;max-width:100%}
        .gallery img{display:block;width:100%;height:auto;image-rendering:pixelated;\
        border:1px solid var(--line);
          border-radius:.3rem}
        .plots>.gallery{min-width:0}
        .plots>.gallery figure{width:auto}
        .plots>.gallery img{width:auto;max-width:100%;image-rendering:auto}
        details{margin:.8rem 0}
        summary{cursor:pointer;color:var(--accent);font-size:.92rem}
        pre{background:var(--tint);border-radius:.4rem;padding:.9rem 1.1rem;overflow:auto;max-height:28rem;
          font:.8rem/1.5 ui-monospace,SFMono-Regular,'Cascadia Mono',Menlo,Consolas,'DejaVu Sans Mono',\
        monospace}
        #provenance td{overflow-wrap:anywhere}
        #provenance td:first-child{color:var(--muted);white-space:nowrap}
        @media (max-width:40rem){th:first-child,td:first-child{position:sticky;left:0;background:var(--paper);\
        box-shadow:inset 0 -1px var(--line);max-width:9rem;white-space:normal}
          body{padding-top:1.4rem}#answer{padding:.9rem 1rem;margin-inline:-.5rem}
          .gallery{width:100%}}
        @media print{body{max-width:none;padding:0;font-size:11pt}nav{display:none}figure,.gallery,tr{\
        break-inside:avoid}
          .scroll{overflow:visible}h2,h3{break-after:avoid}}

        """.Replace("\\\n", "", StringComparison.Ordinal);
}
