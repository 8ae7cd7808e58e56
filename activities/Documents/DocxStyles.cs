using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Workflows.Activities.Documents;

/// <summary>Page and type of GB/T 9704-2012, as Word measures them: twentieths of a point, halves of a point for type.</summary>
internal static class DocxStyles
{
    public const string Title = "PaperTitle";
    public const string Number = "PaperNumber";
    public const string Heading = "PaperHeading";
    public const string Text = "PaperText";
    public const string Address = "PaperAddress";
    public const string Signature = "PaperSignature";
    public const string Closing = "PaperClosing";
    public const string Header = "PaperHeader";
    public const string RuledNumber = "PaperRuledNumber";
    public const string LetterTitle = "PaperLetterTitle";
    public const string Copies = "PaperCopies";
    public const string Printed = "PaperPrinted";
    public const string OnlyPrinted = "PaperOnlyPrinted";
    public const string OddFooter = "rId4";
    public const string EvenFooter = "rId5";

    private const int BodySize = 32;
    private const int TitleSize = 44;
    private const int PageNumberSize = 28;
    private const int HeaderSize = 72;
    private const int ImprintSize = 28;
    private const string RedColor = "C00000";

    /// <summary>225 mm hold 22 lines: 28.99 pt each.</summary>
    private const int Line = 579;

    /// <summary>156 mm.</summary>
    private const int TextWidth = 8845;

    public static SectionProperties Page() => new(
        new FooterReference { Type = HeaderFooterValues.Default, Id = OddFooter },
        new FooterReference { Type = HeaderFooterValues.Even, Id = EvenFooter },
        new PageSize { Width = Millimetres(210), Height = Millimetres(297) },
        new PageMargin
        {
            Top = (int)Millimetres(37).Value,
            Bottom = (int)Millimetres(35).Value,
            Left = Millimetres(28),
            Right = Millimetres(26),
            Header = Millimetres(15),
            // The number stands 7 mm below the text.
            Footer = Millimetres(23),
            Gutter = 0,
        });

    public static Styles Styles() => new(
        new DocDefaults(
            new RunPropertiesDefault(new RunPropertiesBaseStyle(Fonts(PaperFont.Body), Size(BodySize), new Languages { Val = "en-US", EastAsia = "zh-CN" })),
            new ParagraphPropertiesDefault(new ParagraphPropertiesBaseStyle(Exactly(Line)))),
        Style(Title, PaperFont.Title, TitleSize, new SpacingBetweenLines { After = "200", Line = "700", LineRule = LineSpacingRuleValues.Exact }, Justified(JustificationValues.Center)),
        Style(Number, PaperFont.Body, BodySize, new SpacingBetweenLines { After = "400", Line = Number10(Line), LineRule = LineSpacingRuleValues.Exact }, Justified(JustificationValues.Center)),
        Style(Heading, PaperFont.Heading, BodySize, new KeepNext(), Exactly(Line), TwoCharacters()),
        // Not justified: a long number that moves to the next line would tear the words before it apart.
        Style(Text, PaperFont.Body, BodySize, Exactly(Line), TwoCharacters()),
        Style(Address, PaperFont.Body, BodySize, Exactly(Line)),
        // A free line above each, for a hand that signs and a finger or a seal that is pressed.
        Style(Signature, PaperFont.Body, BodySize, new KeepLines(), new Tabs(new TabStop { Val = TabStopValues.Right, Position = TextWidth }), new SpacingBetweenLines { Before = Number10(Line), After = "0", Line = Number10(Line), LineRule = LineSpacingRuleValues.Exact }),
        Style(Closing, PaperFont.Body, BodySize, Exactly(Line), new Indentation { RightChars = 200, Right = "640" }, Justified(JustificationValues.Right)),
        // 35 mm below the top of the text area, two lines to the number, 4 mm to the red rule, two lines to the title.
        Red(Style(Header, PaperFont.Title, HeaderSize, new SpacingBetweenLines { Before = Number10(1984), After = Number10(2 * Line), Line = "1200", LineRule = LineSpacingRuleValues.AtLeast }, Justified(JustificationValues.Center))),
        Style(RuledNumber, PaperFont.Body, BodySize, new ParagraphBorders(new BottomBorder { Val = BorderValues.Single, Color = RedColor, Size = 12, Space = 11 }), new SpacingBetweenLines { After = Number10(2 * Line), Line = Number10(Line), LineRule = LineSpacingRuleValues.Exact }, Justified(JustificationValues.Center)),
        Style(LetterTitle, PaperFont.Title, TitleSize, new SpacingBetweenLines { After = Number10(Line), Line = "700", LineRule = LineSpacingRuleValues.Exact }, Justified(JustificationValues.Center)),
        Style(Copies, PaperFont.Body, ImprintSize, new KeepNext(), new ParagraphBorders(Rule<TopBorder>(8), Rule<BottomBorder>(6)), new SpacingBetweenLines { Before = Number10(Line), Line = Number10(Line), LineRule = LineSpacingRuleValues.Exact }, new Indentation { LeftChars = 100, Left = "280", RightChars = 100, Right = "280" }),
        Style(Printed, PaperFont.Body, ImprintSize, new ParagraphBorders(Rule<BottomBorder>(8)), Exactly(Line), new Indentation { LeftChars = 100, Left = "280", RightChars = 100, Right = "280" }),
        Style(OnlyPrinted, PaperFont.Body, ImprintSize, new ParagraphBorders(Rule<TopBorder>(8), Rule<BottomBorder>(8)), new SpacingBetweenLines { Before = Number10(Line), Line = Number10(Line), LineRule = LineSpacingRuleValues.Exact }, new Indentation { LeftChars = 100, Left = "280", RightChars = 100, Right = "280" }));

    public static Fonts FontTable() => new(PaperFont.All.Select(Known));

    /// <summary>Half-width numbers between dashes, one character in from the outer edge.</summary>
    public static Footer Footer(JustificationValues side) => new(new Paragraph(
        new ParagraphProperties(
            side == JustificationValues.Right ? new Indentation { RightChars = 100, Right = "280" } : new Indentation { LeftChars = 100, Left = "280" },
            new Justification { Val = side }),
        Small(new Text("— ") { Space = SpaceProcessingModeValues.Preserve }),
        new SimpleField(Small(new Text("1"))) { Instruction = "PAGE" },
        Small(new Text(" —") { Space = SpaceProcessingModeValues.Preserve })));

    private static Font Known(PaperFont font)
    {
        var known = new Font { Name = font.Name };
        known.Append(new AltName { Val = font.Others[0] }, new FontCharSet { Val = "86" });
        return known;
    }

    private static Run Small(OpenXmlElement text) =>
        new(new RunProperties(Fonts(PaperFont.PageNumber), Size(PageNumberSize)), text);

    private static Style Style(string id, PaperFont font, int size, params OpenXmlElement[] paragraph) => new(
        new StyleName { Val = id },
        new StyleParagraphProperties(paragraph),
        new StyleRunProperties(Fonts(font), Size(size)))
    {
        Type = StyleValues.Paragraph,
        StyleId = id,
        CustomStyle = true,
    };

    private static Style Red(Style style)
    {
        // The order of members is fixed: colour stands before size.
        var run = style.GetFirstChild<StyleRunProperties>()!;
        run.InsertBefore(new Color { Val = RedColor }, run.GetFirstChild<FontSize>());
        return style;
    }

    /// <summary>A black rule; eighths of a point.</summary>
    private static T Rule<T>(uint size)
        where T : BorderType, new() => new() { Val = BorderValues.Single, Size = size, Space = 1 };

    private static RunFonts Fonts(PaperFont font) => new() { Ascii = font.Name, HighAnsi = font.Name, EastAsia = font.Name, ComplexScript = font.Name };

    private static FontSize Size(int halfPoints) => new() { Val = Number10(halfPoints) };

    private static SpacingBetweenLines Exactly(int line) =>
        new() { Before = "0", After = "0", Line = Number10(line), LineRule = LineSpacingRuleValues.Exact };

    private static Indentation TwoCharacters() => new() { FirstLineChars = 200, FirstLine = "640" };

    private static Justification Justified(JustificationValues value) => new() { Val = value };

    private static UInt32Value Millimetres(int length) => (uint)Math.Round(length * 1440 / 25.4);

    private static string Number10(int number) => number.ToString(CultureInfo.InvariantCulture);
}
