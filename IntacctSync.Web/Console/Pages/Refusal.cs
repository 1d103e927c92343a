namespace IntacctSync.Web.Console.Pages;

/// <summary>Why a page is not shown, or a form is not carried out.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Text">What was found, and what to do.</param>
public sealed record Refusal(int Status, string Text);
